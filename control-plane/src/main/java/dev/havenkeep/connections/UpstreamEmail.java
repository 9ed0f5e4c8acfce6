package dev.havenkeep.connections;

import dev.havenkeep.credentials.EmailAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an upstream provider says of somebody's e-mail address, and what its word is worth. */
public sealed interface UpstreamEmail {

    /** The address, if there is one. */
    Optional<EmailAddress> address();

    /** The provider is authoritative for the address and says that it is the person's: proof of ownership. */
    record Authoritative(EmailAddress value) implements UpstreamEmail {

        @Override
        public Optional<EmailAddress> address() {
            return Optional.of(value);
        }
    }

    /**
     * An address that proves nothing: fit to be filled into a form, never to find an account by.
     *
     * @param reason why, for the audit log
     */
    record Unverified(EmailAddress value, String reason) implements UpstreamEmail {

        @Override
        public Optional<EmailAddress> address() {
            return Optional.of(value);
        }
    }

    /**
     * There is none.
     *
     * @param reason why, for the audit log
     */
    record Missing(String reason) implements UpstreamEmail {

        @Override
        public Optional<EmailAddress> address() {
            return Optional.empty();
        }
    }

    /**
     * Reads what a provider states. Normalisation may turn the mailbox that the provider checked into another one, so an
     * address in any other spelling than the normal one proves nothing; only the case of ASCII letters may differ.
     *
     * @param missing why there is none, if there is none
     * @param judge says what an address is worth
     */
    static UpstreamEmail read(@Nullable String stated, String missing, Function<EmailAddress, UpstreamEmail> judge) {
        if (stated == null) {
            return new Missing(missing);
        }
        EmailAddress address = EmailAddress.tryParse(stated).orElse(null);
        if (address == null) {
            return new Missing("what the provider states is no e-mail address");
        }
        boolean asChecked = stated.chars().allMatch(c -> c > ' ' && c <= '~')
                && stated.toLowerCase(Locale.ROOT).equals(address.value());
        return asChecked
                ? judge.apply(address)
                : new Unverified(address, "the provider spells the address in a way that normalises to another one");
    }

    /** The part behind the @, in its ASCII form. */
    static String domain(EmailAddress address) {
        return address.value().substring(address.value().lastIndexOf('@') + 1);
    }
}
