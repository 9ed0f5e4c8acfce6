package dev.havenkeep.api;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Has it written down, in the log of the team concerned, when somebody with credentials asks for what is not theirs.
 * Somebody who repeats the same question is written down once a minute, so that a poll cannot fill the log.
 */
@Component
class DeniedAccesses {

    private static final Duration SAME = Duration.ofMinutes(1);
    private static final int REMEMBERED = 1_000;

    private record Question(String user, String token, String request, Scope scope) {}

    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<Question, Instant> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    DeniedAccesses(ApplicationEventPublisher events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * Somebody known was refused something that exists.
     *
     * @param status 403, or 404 for who may not even know of it
     */
    void denied(Caller caller, String method, String path, Scope scope, int status) {
        Question question = new Question(
                String.valueOf(caller.user()), String.valueOf(caller.tokenId()), method + " " + path, scope);
        if (isNew(question)) {
            events.publishEvent(
                    new Audited("access.denied", scope, "endpoint", method, path, Map.of("status", status)));
        }
    }

    private synchronized boolean isNew(Question question) {
        Instant now = clock.instant();
        Instant before = recent.get(question);
        if (before != null && before.plus(SAME).isAfter(now)) {
            return false;
        }
        recent.put(question, now);
        return true;
    }
}
