package dev.havenkeep.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The browser session that the request of hand was made with.
 *
 * @param csrfToken what each mutation with this session must carry in {@code X-CSRF-Token}
 */
public record CurrentSession(String id, User user, String csrfToken) {

    private static final String ATTRIBUTE = CurrentSession.class.getName();

    /** The session of this request; empty for a request with a token, or with no credentials at all. */
    public static Optional<CurrentSession> of(HttpServletRequest request) {
        return Optional.ofNullable((CurrentSession) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
