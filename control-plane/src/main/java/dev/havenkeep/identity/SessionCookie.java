package dev.havenkeep.identity;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.ClientAddresses;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie that carries a session: not readable by scripts, not sent by other sites' forms, TLS only where there is.
 * Over TLS its name begins with {@code __Host-} (RFC 6265bis section 4.1.3.2), which a browser lets no neighbour set:
 * applications that are deployed under the same domain cannot slip a session of theirs under ours.
 */
@Component
public class SessionCookie {

    private static final String NAME = "haven_session";
    private static final String NAME_OVER_TLS = "__Host-" + NAME;

    private final ClientAddresses addresses;
    private final Sessions sessions;

    SessionCookie(ClientAddresses addresses, Sessions sessions) {
        this.addresses = addresses;
        this.sessions = sessions;
    }

    /** Gives the browser its new session. */
    public void set(HttpServletRequest request, HttpServletResponse response, StartedSession session) {
        write(request, response, session.secret().reveal(), sessions.lifetime());
    }

    /** Makes the browser forget its session. */
    public void clear(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
    }

    /** The session's secret that a request brings. */
    static Optional<Secret> read(HttpServletRequest request, boolean secure) {
        String name = secure ? NAME_OVER_TLS : NAME;
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name) && !cookie.getValue().isEmpty()) {
                return Optional.of(Secret.of(cookie.getValue()));
            }
        }
        return Optional.empty();
    }

    private void write(HttpServletRequest request, HttpServletResponse response, String value, Duration age) {
        boolean secure = addresses.secure(request);
        ResponseCookie cookie = ResponseCookie.from(secure ? NAME_OVER_TLS : NAME, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/")
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
