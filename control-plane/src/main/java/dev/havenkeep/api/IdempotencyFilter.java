package dev.havenkeep.api;

import dev.havenkeep.jobs.ProcessName;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Makes a mutation safe to repeat (draft-ietf-httpapi-idempotency-key-header): whoever sends the same request again with
 * the same {@code Idempotency-Key} within 24 hours gets the first answer, marked {@code Idempotency-Replayed: true},
 * and nothing happens a second time. A key belongs to one caller, method and path. Only a successful answer is kept: a
 * request that was refused changed nothing and may be tried again under the same key. Requests without credentials
 * have no owner to keep an answer for, so that their key says nothing.
 */
@Component
@Order(FilterOrder.IDEMPOTENCY)
class IdempotencyFilter extends OncePerRequestFilter {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");
    private static final Set<String> MUTATIONS = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> KEPT_HEADERS = Set.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.LOCATION,
            HttpHeaders.ETAG,
            HttpHeaders.SET_COOKIE,
            HttpHeaders.CACHE_CONTROL);
    private static final int LARGEST_KEPT = 256 * 1024;

    private final IdempotencyStore store;
    private final ProcessName process;
    private final Clock clock;

    IdempotencyFilter(IdempotencyStore store, ProcessName process, Clock clock) {
        this.store = store;
        this.process = process;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        Caller.Kind kind = Caller.current().kind();
        return request.getHeader(HEADER) == null
                || !MUTATIONS.contains(request.getMethod())
                || !request.getRequestURI().startsWith("/api/")
                || (kind != Caller.Kind.PERSON && kind != Caller.Kind.TOKEN);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(HEADER).strip();
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    Problem.invalid(HEADER, "must be 1 to 255 visible ASCII characters, for example a UUID"));
        }
        byte[] body = request.getInputStream().readAllBytes();
        Caller caller = Caller.current();
        String id = hash(
                String.valueOf(caller.user()),
                String.valueOf(caller.tokenId()),
                request.getMethod(),
                request.getRequestURI(),
                key);
        String requestHash = hash(
                String.valueOf(request.getQueryString()),
                String.valueOf(request.getHeader(HttpHeaders.IF_MATCH)),
                new String(body, StandardCharsets.ISO_8859_1));
        Optional<IdempotencyStore.Used> used = store.take(id, requestHash, process.value(), clock.instant());
        if (used.isPresent()) {
            replay(response, used.get(), requestHash);
        } else {
            carryOut(new RereadableRequest(request, body), response, chain, id);
        }
    }

    private void carryOut(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String id)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(request, answer);
            if (answer.getStatus() / 100 == 2) {
                store.keep(id, answerOf(answer));
                kept = true;
            }
        } finally {
            if (!kept) {
                store.release(id);
            }
        }
        answer.copyBodyToResponse();
    }

    private static IdempotencyStore.Answer answerOf(ContentCachingResponseWrapper answer) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            List<String> values = new ArrayList<>(answer.getHeaders(name));
            if (name.equals(HttpHeaders.CONTENT_TYPE) && values.isEmpty() && answer.getContentType() != null) {
                values.add(answer.getContentType());
            }
            if (!values.isEmpty()) {
                headers.put(name, values);
            }
        }
        byte[] body = answer.getContentAsByteArray();
        return new IdempotencyStore.Answer(
                answer.getStatus(),
                headers,
                body.length > LARGEST_KEPT ? null : Base64.getEncoder().encodeToString(body));
    }

    private static void replay(HttpServletResponse response, IdempotencyStore.Used used, String requestHash)
            throws IOException {
        if (!used.requestHash().equals(requestHash)) {
            throw new ProblemException(Problem.of(
                    422,
                    "idempotency-key-reused",
                    "The key was used for another request",
                    "This Idempotency-Key came with another body before. Use a new key for a new request."));
        }
        IdempotencyStore.Answer answer = used.answer();
        if (answer == null) {
            throw new ProblemException(
                    Problem.conflict(
                            "idempotency-in-progress",
                            "The first request is still at work",
                            "The request with this Idempotency-Key is being carried out. Repeat it in a moment for its answer."));
        }
        if (answer.body() == null) {
            throw new ProblemException(Problem.conflict(
                    "idempotency-answer-not-kept",
                    "It has been done",
                    "The request with this Idempotency-Key succeeded, but its answer was too large to keep. Read the"
                            + " resource instead."));
        }
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> {
            response.setHeader(name, values.getFirst());
            values.stream().skip(1).forEach(value -> response.addHeader(name, value));
        });
        response.setHeader("Idempotency-Replayed", "true");
        response.getOutputStream().write(Base64.getDecoder().decode(answer.body()));
    }

    /** SHA-256 over the parts, each with its length before it so that no two lists of parts are alike. */
    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
