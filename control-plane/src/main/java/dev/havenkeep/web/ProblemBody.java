package dev.havenkeep.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem as it is answered (RFC 9457 section 3).
 *
 * @param type the code as a URI
 * @param title the same for every occurrence
 * @param status the HTTP status
 * @param detail what happened this time and what to do about it
 * @param code stable and machine-readable
 * @param requestId what to name when asking about it
 * @param fields the input fields at fault; absent when there are none
 * @param extensions further members of the answer, such as {@code retryAfterSeconds}
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "code", "requestId", "fields"})
record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        @Nullable List<Problem.Field> fields,
        @JsonAnyGetter Map<String, Object> extensions) {

    private static final String TYPES = "https://havenkeep.dev/problems/";

    static ProblemBody of(Problem problem) {
        return new ProblemBody(
                TYPES + problem.code(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.code(),
                Caller.current().requestId(),
                problem.fields().isEmpty() ? null : problem.fields(),
                problem.extensions());
    }
}
