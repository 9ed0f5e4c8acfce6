package dev.havenkeep.kernel;

import java.util.List;
import java.util.Map;

/**
 * What went wrong, for a person and for a program: the body of an RFC 9457 answer. The {@code code} is stable and
 * machine-readable; the {@code detail} says what was wrong and what to do.
 *
 * @param status the HTTP status that the problem maps to
 * @param code a stable kebab-case code; the problem's {@code type} is derived from it
 * @param title a short sentence that is the same for every occurrence
 * @param detail what happened this time and what to do about it
 * @param fields the input fields at fault, if any
 * @param extensions further members of the answer, such as {@code retryAfter}
 */
public record Problem(
        int status, String code, String title, String detail, List<Field> fields, Map<String, Object> extensions) {

    /**
     * One input field at fault.
     *
     * @param path where it is in the request, for example {@code healthCheck.path}
     * @param message what is wrong with it and what is accepted
     */
    public record Field(String path, String message) {}

    public Problem {
        fields = List.copyOf(fields);
        extensions = Map.copyOf(extensions);
    }

    /** A problem without fields or extensions. */
    public static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, List.of(), Map.of());
    }

    /** 400: the request could not be read at all. */
    public static Problem malformed(String detail) {
        return of(400, "malformed-request", "The request could not be read", detail);
    }

    /** 401: nobody is signed in, or the credentials are not valid. */
    public static Problem unauthenticated(String detail) {
        return of(401, "unauthenticated", "Sign in first", detail);
    }

    /** 403: the caller is known and may see the thing, but not do this to it. */
    public static Problem forbidden(String detail) {
        return of(403, "forbidden", "Not allowed", detail);
    }

    /** 404: it does not exist, or the caller may not know that it does. */
    public static Problem notFound(String detail) {
        return of(404, "not-found", "Not found", detail);
    }

    /** 409: the request conflicts with what is there. */
    public static Problem conflict(String code, String title, String detail) {
        return of(409, code, title, detail);
    }

    /** 422: the request was understood, but a field has a value that is not accepted. */
    public static Problem invalid(String path, String message) {
        return invalid(List.of(new Field(path, message)));
    }

    /** 422: several fields have values that are not accepted; all are named at once. */
    public static Problem invalid(List<Field> fields) {
        Field first = fields.getFirst();
        String detail = first.path() + ": " + first.message()
                + (fields.size() > 1 ? " (and " + (fields.size() - 1) + " more)" : "");
        return new Problem(422, "invalid-input", "Some values are not accepted", detail, fields, Map.of());
    }

    /** This problem with one more extension member. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new java.util.HashMap<>(extensions);
        more.put(name, value);
        return new Problem(status, code, title, detail, fields, more);
    }
}
