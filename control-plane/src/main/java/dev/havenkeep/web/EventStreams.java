package dev.havenkeep.web;

import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The event streams that are open. When Havenkeep stops they are ended first, since the web server waits for the
 * requests under way.
 */
@Component
class EventStreams implements SmartLifecycle, WebMvcConfigurer, HandlerMethodArgumentResolver {

    private static final int MOST_PER_CALLER = 100;

    private final JsonMapper json;
    private final Duration heartbeat;
    private final Map<EventStream, String> open = new ConcurrentHashMap<>();
    private volatile boolean running;

    EventStreams(JsonMapper json, @Value("${haven.event-stream-heartbeat:15s}") Duration heartbeat) {
        this.json = json;
        this.heartbeat = heartbeat;
    }

    /**
     * Counts a stream that begins.
     *
     * @throws ProblemException 503 when Havenkeep is stopping, 429 when the caller has too many already
     */
    void opened(EventStream stream, Caller caller) {
        String owner = caller.user() + "/" + caller.tokenId() + "/" + (caller.user() == null ? caller.address() : "");
        open.put(stream, owner);
        Problem refusal = null;
        if (!running) {
            refusal = Problem.of(503, "shutting-down", "Havenkeep is stopping", "Come back in a few seconds.")
                    .with("retryAfterSeconds", 5);
        } else if (open.values().stream().filter(owner::equals).count() > MOST_PER_CALLER) {
            refusal = Problem.of(
                            429,
                            "too-many-streams",
                            "Too many streams",
                            "One caller may have " + MOST_PER_CALLER + " streams open. Close some first.")
                    .with("retryAfterSeconds", 5);
        }
        if (refusal != null) {
            open.remove(stream);
            throw new ProblemException(refusal);
        }
    }

    void closed(EventStream stream) {
        open.remove(stream);
    }

    /** How many streams are open. */
    int size() {
        return open.size();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == EventStream.class;
    }

    @Override
    public EventStream resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
        if (http == null || response == null) {
            throw new IllegalStateException("event streams are answers to HTTP requests");
        }
        if (http.getMethod().equals("HEAD")) {
            // It would have nothing to notice its client's end by.
            throw new ProblemException(
                    Problem.of(405, "method-not-allowed", "Method not allowed", "A stream has no HEAD; use GET.")
                            .with("allowed", List.of("GET")));
        }
        String resumeAfter = http.getHeader("Last-Event-ID");
        return new EventStream(
                response,
                json,
                this,
                Standing.of(http),
                heartbeat,
                resumeAfter == null || resumeAfter.isEmpty() ? http.getParameter("lastEventId") : resumeAfter);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        open.keySet().forEach(EventStream::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server's graceful shutdown. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
