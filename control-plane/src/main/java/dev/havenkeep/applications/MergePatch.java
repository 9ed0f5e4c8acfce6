package dev.havenkeep.applications;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.web.StrictScalars;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Applies a JSON merge patch (RFC 7396) to the writable form of a resource and reads the result back, strictly. */
@Component
class MergePatch {

    private final JsonMapper mapper;

    MergePatch(JsonMapper mapper) {
        this.mapper = StrictScalars.of(mapper.rebuild()).build();
    }

    /** @throws ProblemException 422 naming the member when the result is not acceptable */
    <T> T apply(T writable, JsonNode patch, Class<T> type) {
        if (!(patch instanceof ObjectNode members)) {
            throw new ProblemException(Problem.malformed("A merge patch (RFC 7396) is a JSON object."));
        }
        JsonNode merged = merge(mapper.valueToTree(writable), members);
        try {
            return mapper.treeToValue(merged, type);
        } catch (JacksonException e) {
            throw problem(e);
        }
    }

    private static JsonNode merge(JsonNode target, ObjectNode patch) {
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : patch.objectNode();
        for (var member : patch.properties()) {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else if (member.getValue() instanceof ObjectNode nested) {
                JsonNode before = result.get(member.getKey());
                result.set(member.getKey(), merge(before == null ? patch.objectNode() : before, nested));
            } else {
                result.set(member.getKey(), member.getValue());
            }
        }
        return result;
    }

    private static ProblemException problem(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known;
            }
        }
        List<JacksonException.Reference> references = failure.getPath();
        String path = (references == null ? List.<JacksonException.Reference>of() : references)
                .stream()
                        .map(reference -> reference.getPropertyName() == null
                                ? "[" + reference.getIndex() + "]"
                                : reference.getPropertyName())
                        .collect(Collectors.joining("."));
        String message = failure instanceof UnrecognizedPropertyException
                ? "is not a member that can be changed here"
                : "has the wrong type or is not one of the accepted values";
        return new ProblemException(Problem.invalid(path, message), failure);
    }
}
