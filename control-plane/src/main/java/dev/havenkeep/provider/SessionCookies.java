package dev.havenkeep.provider;

import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.realms.RealmSession;
import dev.havenkeep.realms.RealmSessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The two cookies of a realm, sent to its own path only: the session of whoever is signed in, and the browser that
 * sign-ins under way are bound to. Neither can be read by a script or is sent with another site's posts.
 */
@Component
class SessionCookies {

    private static final String SESSION = "haven_session";
    private static final String BROWSER = "haven_browser";
    private static final Pattern SECRET = Pattern.compile("[0-9A-Za-z]{43}");
    private static final String SESSION_ATTRIBUTE = SessionCookies.class.getName() + ".session";
    private static final String BROWSER_ATTRIBUTE = SessionCookies.class.getName() + ".browser";

    private final RealmSessions sessions;
    private final InstantSource clock;

    SessionCookies(RealmSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The session that this browser is signed in with. */
    Optional<RealmSession> session(HttpServletRequest request) {
        if (request.getAttribute(SESSION_ATTRIBUTE) instanceof Optional<?> known) {
            return known.map(RealmSession.class::cast);
        }
        Optional<RealmSession> found = secret(request, SESSION)
                .flatMap(secret ->
                        sessions.withSecret(RealmContext.current().realm().id(), Secret.of(secret)));
        request.setAttribute(SESSION_ATTRIBUTE, found);
        return found;
    }

    /** Hands a session to the browser. */
    void hand(HttpServletRequest request, HttpServletResponse response, RealmSessions.Started started) {
        Duration lifetime = Duration.between(clock.instant(), started.session().expiresAt());
        set(
                request,
                response,
                SESSION,
                started.secret().reveal(),
                started.session().remembered() ? lifetime : null);
        request.setAttribute(SESSION_ATTRIBUTE, Optional.of(started.session()));
    }

    /** Makes the browser forget its session. */
    void forget(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, SESSION, "", Duration.ZERO);
        request.setAttribute(SESSION_ATTRIBUTE, Optional.empty());
    }

    /** What this browser is recognised by while somebody signs in; a new one when it has none. */
    String browser(HttpServletRequest request, HttpServletResponse response) {
        return knownBrowser(request).orElseGet(() -> {
            String fresh = RandomText.next();
            set(request, response, BROWSER, fresh, null);
            request.setAttribute(BROWSER_ATTRIBUTE, fresh);
            return fresh;
        });
    }

    /** What this browser is recognised by, if it is. */
    Optional<String> knownBrowser(HttpServletRequest request) {
        return request.getAttribute(BROWSER_ATTRIBUTE) instanceof String fresh
                ? Optional.of(fresh)
                : secret(request, BROWSER);
    }

    /** What every form of this browser must post (see {@code FormContext}); it says nothing of the cookie. */
    static String csrfToken(String browser) {
        return RandomText.hash("csrf|" + browser);
    }

    private static Optional<String> secret(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String found = null;
        for (Cookie cookie : cookies) {
            // The first is the one with the longest path: the realm's own (RFC 6265 section 5.4).
            if (found == null && cookie.getName().equals(name)) {
                found = cookie.getValue();
            }
        }
        return Optional.ofNullable(found).filter(value -> SECRET.matcher(value).matches());
    }

    private static void set(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            String value,
            @Nullable Duration lifetime) {
        ResponseCookie.ResponseCookieBuilder cookie = ResponseCookie.from(name, value)
                .path(request.getContextPath().isEmpty() ? "/" : request.getContextPath())
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax");
        if (lifetime != null) {
            cookie.maxAge(lifetime);
        }
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }
}
