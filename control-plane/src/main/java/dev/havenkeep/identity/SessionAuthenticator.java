package dev.havenkeep.identity;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.web.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Knows a browser by the cookie of its session. Last in order: an explicit token goes before it. */
@Component
@Order
class SessionAuthenticator implements Authenticator {

    private final Sessions sessions;
    private final ForgeryCheck forgery;
    private final ClientAddresses addresses;

    SessionAuthenticator(Sessions sessions, ForgeryCheck forgery, ClientAddresses addresses) {
        this.sessions = sessions;
        this.forgery = forgery;
        this.addresses = addresses;
    }

    @Override
    public Optional<Caller> authenticate(HttpServletRequest request, Caller visitor) {
        forgery.refuseOtherSites(request);
        Optional<CurrentSession> session = SessionCookie.read(request, addresses.secure(request))
                .flatMap(secret -> sessions.authenticate(secret, Objects.requireNonNullElse(visitor.address(), "")));
        session.ifPresent(found -> {
            forgery.requireToken(request, found);
            found.attachTo(request);
        });
        return session.map(found -> new Caller(
                Caller.Kind.PERSON,
                found.user().id(),
                found.user().email().value(),
                null,
                visitor.address(),
                visitor.requestId()));
    }
}
