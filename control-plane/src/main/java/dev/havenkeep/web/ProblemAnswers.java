package dev.havenkeep.web;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes problems where no controller is: in filters and in the security chain. Give it to the chain as entry point
 * and as access-denied handler.
 */
@Component
public class ProblemAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    private final JsonMapper json;
    private final ProblemTranslation translation = new ProblemTranslation();

    ProblemAnswers(JsonMapper json) {
        this.json = json;
    }

    /** Answers with this problem, unless the answer is already on its way. */
    public void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        headersOf(problem).forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(ProblemBody.of(problem)));
    }

    /** Answers with the problem that this failure is. */
    void answer(HttpServletRequest request, HttpServletResponse response, Exception failure) throws IOException {
        if (ProblemTranslation.callerHasGone(failure)) {
            log.debug("The caller has gone: {}", failure.getMessage());
            return;
        }
        write(response, translate(request, failure));
    }

    /** The problem that this failure is; what is our own fault is logged here and nowhere else. */
    Problem translate(HttpServletRequest request, Exception failure) {
        Problem problem = translation.problem(failure);
        if (problem.status() >= 500) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
        }
        return problem;
    }

    /** The headers that go with a problem: what RFC 9110 asks for with its status. */
    static HttpHeaders headersOf(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        switch (problem.status()) {
            case 401 -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"havenkeep\"");
            case 405 -> {
                if (problem.extensions().get("allowed") instanceof Iterable<?> allowed) {
                    headers.set(HttpHeaders.ALLOW, String.join(", ", names(allowed)));
                }
            }
            case 429, 503 -> {
                if (problem.extensions().get("retryAfterSeconds") instanceof Number seconds) {
                    headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds.longValue()));
                }
            }
            default -> {
                // No other status has a header of its own.
            }
        }
        headers.setCacheControl("no-store");
        return headers;
    }

    private static java.util.List<String> names(Iterable<?> values) {
        java.util.List<String> names = new java.util.ArrayList<>();
        values.forEach(value -> names.add(String.valueOf(value)));
        return names;
    }

    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException authException)
            throws IOException {
        write(
                response,
                authException.getCause() instanceof ProblemException refused
                        ? refused.problem()
                        : ProblemTranslation.UNAUTHENTICATED);
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException accessDeniedException)
            throws IOException {
        write(
                response,
                accessDeniedException.getCause() instanceof ProblemException refused
                        ? refused.problem()
                        : ProblemTranslation.FORBIDDEN);
    }
}
