package dev.havenkeep.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Lets an API path be spelt in one way only. Nothing in one needs percent-encoding, and a second spelling would get
 * past whatever compares paths as text before the controllers are found.
 */
final class PlainPathFirewall extends StrictHttpFirewall {

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        if (request.getServletPath().startsWith("/api/")
                && request.getRequestURI().indexOf('%') >= 0) {
            throw new RequestRejectedException("an API path with percent-encoding");
        }
        return super.getFirewalledRequest(request);
    }
}
