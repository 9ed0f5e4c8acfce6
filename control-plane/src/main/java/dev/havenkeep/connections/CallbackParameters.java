package dev.havenkeep.connections;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the browser brought back: the parameters of the query, or of the form when the provider posts one. Nothing of it
 * is believed.
 */
public record CallbackParameters(Map<String, List<String>> values) {

    private static final int LONGEST = 8192;

    public CallbackParameters {
        values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
    }

    /** From a servlet's parameters. */
    public static CallbackParameters of(Map<String, String[]> parameters) {
        return new CallbackParameters(parameters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))));
    }

    /** Where the store finds what is pending; absent when the answer has none, or more than one. */
    public @Nullable String state() {
        List<String> states = values.getOrDefault("state", List.of());
        return states.size() == 1 ? states.getFirst() : null;
    }

    /**
     * The one value of a parameter.
     *
     * @throws ConnectionException when there are several (RFC 6749 section 3.1), or it is oversized
     */
    @Nullable
    String one(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new ConnectionException(
                    UpstreamFailure.Code.BAD_CALLBACK, "The parameter " + name + " came more than once");
        }
        if (all.isEmpty() || all.getFirst().isEmpty()) {
            return null;
        }
        if (all.getFirst().length() > LONGEST) {
            throw new ConnectionException(
                    UpstreamFailure.Code.BAD_CALLBACK,
                    "The parameter " + name + " has more than " + LONGEST + " characters");
        }
        return all.getFirst();
    }
}
