package dev.havenkeep.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a command did not do what it was asked: shown to the person, and told to the shell by its exit code. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final int PROBLEM = 1;
    static final int USAGE = 2;
    static final int DEPLOYMENT_FAILED = 3;

    private final int exitCode;
    private final String title;
    private final String detail;
    private final @Nullable String requestId;
    private final transient List<String> fields;
    private final @Nullable String problem;

    private Failure(
            int exitCode,
            String title,
            String detail,
            @Nullable String requestId,
            List<String> fields,
            @Nullable String problem) {
        super(title + ": " + detail);
        this.exitCode = exitCode;
        this.title = title;
        this.detail = detail;
        this.requestId = requestId;
        this.fields = List.copyOf(fields);
        this.problem = problem;
    }

    /** The command line makes no sense. */
    static Failure usage(String detail) {
        return new Failure(USAGE, "Usage", detail, null, List.of(), null);
    }

    /** Something is wrong that the control plane has no part in. */
    static Failure of(String title, String detail) {
        return new Failure(PROBLEM, title, detail, null, List.of(), null);
    }

    /** A deployment that was followed ended badly. */
    static Failure deployment(String title, String detail) {
        return new Failure(DEPLOYMENT_FAILED, title, detail, null, List.of(), null);
    }

    /** What the control plane answered (RFC 9457). */
    static Failure problem(
            String title, String detail, @Nullable String requestId, List<String> fields, String problem) {
        return new Failure(PROBLEM, title, detail, requestId, fields, problem);
    }

    int exitCode() {
        return exitCode;
    }

    /** The problem as the control plane gave it, in JSON, if it did. */
    @Nullable
    String problem() {
        return problem;
    }

    /** For a person: what, why, and what to quote when asking for help. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Error: ").append(title).append('\n');
        detail.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        if (fields.size() > 1) {
            fields.forEach(field -> text.append("  - ").append(field).append('\n'));
        }
        if (requestId != null) {
            text.append("  (request ").append(requestId).append(")\n");
        }
        return text.toString();
    }
}
