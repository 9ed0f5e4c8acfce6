package dev.havenkeep.web;

import dev.havenkeep.kernel.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The outermost filter: gives each request its id, which is in the answer's {@code X-Request-ID}, in every log line and
 * in every audit event; binds the {@link Caller} as anonymous until something behind it knows better; and turns
 * whatever the filters behind it throw into an RFC 9457 answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestFilter extends OncePerRequestFilter {

    private static final String HEADER = "X-Request-ID";
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    private final ProblemAnswers answers;

    RequestFilter(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = requestId(request.getHeader(HEADER));
        response.setHeader(HEADER, id);
        Caller stranger = new Caller(Caller.Kind.ANONYMOUS, null, "anonymous", null, request.getRemoteAddr(), id);
        try (var logged = MDC.putCloseable("requestId", id);
                Caller.Bound bound = Caller.bind(stranger)) {
            try {
                chain.doFilter(request, response);
            } catch (Exception e) {
                answers.answer(request, response, e);
            }
        }
    }

    /** The caller's own id when it is one that is safe to log and echo, otherwise a new one. */
    private static String requestId(@Nullable String given) {
        return given != null && ACCEPTED.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
