package dev.havenkeep.web;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what is wrong with a JSON body: the line and column if it is not JSON, else the member and what it accepts. */
final class JsonFailure {

    private static final int SHOWN_CHOICES = 30;
    /** The path of the body itself. */
    private static final String BODY = "body";

    private JsonFailure() {}

    /**
     * The problem that a failure to read JSON is.
     *
     * @param refused what a value type of ours said about the value, if that is the cause
     */
    static Problem problem(JacksonException failure, Optional<Problem> refused) {
        if (refused.isPresent()) {
            return at(path(failure), refused.get());
        }
        if (failure instanceof InputCoercionException) {
            return Problem.invalid(path(failure), "must be a whole number that is not as large");
        }
        if (failure instanceof StreamReadException) {
            TokenStreamLocation place = failure.getLocation();
            String where = place == null || place.getLineNr() < 1
                    ? ""
                    : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            // What the parser says of it quotes the body, which may hold a secret.
            return Problem.malformed("The body is not valid JSON" + where
                    + ". Look there for a missing quote, comma or bracket, or an unescaped character.");
        }
        return Problem.invalid(path(failure), message(failure));
    }

    /** What a value of this type looks like, for a message that begins with the field's name. */
    static String accepted(@Nullable Class<?> type) {
        if (type == null) {
            return "has a value of the wrong kind";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "must be a whole number";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "must be a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == Instant.class) {
            return "must be an instant as in RFC 3339, for example 2026-01-31T12:00:00Z";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .limit(SHOWN_CHOICES)
                            .map(JsonFailure::wireName)
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        if (Map.class.isAssignableFrom(type) || (type.isRecord() && !isText(type))) {
            return "must be an object";
        }
        return "must be text";
    }

    private static String message(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> "is not a member that is known here" + knownIn(unknown);
            case InvalidNullException _ -> "is required";
            case InvalidTypeIdException _ -> "must name a known kind; the API document lists them";
            case InvalidFormatException wrong -> accepted(wrong.getTargetType());
            case ValueInstantiationException _ -> "is not accepted";
            case MismatchedInputException wrong
            when wrong.getOriginalMessage().startsWith("Missing required creator") -> "is required";
            case MismatchedInputException wrong -> accepted(wrong.getTargetType());
            default -> "could not be read";
        };
    }

    private static String knownIn(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? ""
                : "; known are " + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /** A value type does not know where in the body it stands; the path of the body does. */
    private static Problem at(String path, Problem refused) {
        String message = refused.fields().isEmpty()
                ? refused.detail()
                : refused.fields().getFirst().message();
        // A value of several members says which one it is: then that is more precise than where the value stands.
        String precise = refused.fields().isEmpty()
                        || !(path.equals(BODY)
                                || refused.fields().getFirst().path().startsWith(path + "."))
                ? path
                : refused.fields().getFirst().path();
        return refused.status() == 413 ? refused : Problem.invalid(precise, message);
    }

    private static String path(JacksonException failure) {
        StringBuilder path = new StringBuilder();
        List<JacksonException.Reference> references = failure.getPath();
        for (JacksonException.Reference reference :
                references == null ? List.<JacksonException.Reference>of() : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? BODY : path.toString();
    }

    /** Whether a record is a value type, which is read from text. */
    private static boolean isText(Class<?> type) {
        return type.getRecordComponents().length == 1
                && Stream.concat(Stream.of(type.getMethods()), Stream.of(type.getDeclaredFields()))
                        .anyMatch(member -> member.isAnnotationPresent(JsonValue.class));
    }

    private static String wireName(Object constant) {
        for (var method : constant.getClass().getMethods()) {
            if (method.isAnnotationPresent(JsonValue.class)) {
                try {
                    method.setAccessible(true);
                    return String.valueOf(method.invoke(constant));
                } catch (ReflectiveOperationException e) {
                    return String.valueOf(constant);
                }
            }
        }
        return String.valueOf(constant);
    }
}
