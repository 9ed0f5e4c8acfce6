package dev.havenkeep.provider;

import java.io.Serial;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who is signed in to a realm, as the principal that Spring's providers carry from a request to its tokens. */
final class SignedIn extends AbstractAuthenticationToken {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Facts facts;

    /**
     * Who it is and how they proved it; what is kept with a grant.
     *
     * @param user the user's id, which is the {@code sub} of their tokens
     * @param session the session in which it was given, which is their {@code sid}
     * @param at when they last proved who they are
     * @param acr how strong the proof was
     * @param amr by what (RFC 8176)
     * @param impersonator the operator who acts as the user, if one does
     */
    record Facts(
            String user,
            String session,
            Instant at,
            String acr,
            List<String> amr,
            @Nullable String impersonator) {

        Facts {
            amr = List.copyOf(amr);
        }
    }

    SignedIn(Facts facts) {
        super(List.of());
        this.facts = facts;
        setAuthenticated(true);
    }

    Facts facts() {
        return facts;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return facts.user();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && facts.equals(that.facts);
    }

    @Override
    public int hashCode() {
        return facts.hashCode();
    }
}
