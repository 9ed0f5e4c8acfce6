package dev.havenkeep.builds;

import dev.havenkeep.kernel.Masks;
import dev.havenkeep.kernel.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes lines of what a build prints, and remembers what a person needs when it fails. It understands BuildKit's plain
 * progress: {@code #5 [2/4] RUN npm ci} announces a step, {@code #5 1.234 text} is what it prints, {@code #5 ERROR: why}
 * is how it fails, and lines without a number are the docker command's own.
 */
final class BuildOutput {

    static final int MAX_LINE = 16 * 1024;
    static final int TAIL = 20;

    private static final String CUT = " […line cut]";
    private static final int MAX_RAW = 4 * MAX_LINE;
    private static final int MAX_TAIL_LINE = 500;
    private static final Pattern STEP = Pattern.compile("#(\\d+) (\\[.*\\] .*)");
    private static final Pattern DIGEST = Pattern.compile("#\\d+ sha256:[0-9a-f]{64}");
    private static final Pattern PRINTED = Pattern.compile("#(\\d+) \\d+\\.\\d+ (.*)");
    private static final Pattern FAILED = Pattern.compile("#(\\d+) ERROR: (.*)");

    private final LogSink log;
    private final Masks masks;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
    private boolean overlong;
    private boolean blank = true;
    private final Map<String, String> steps = new HashMap<>();
    private final Map<String, Deque<String>> printed = new HashMap<>();
    private final Deque<String> own = new ArrayDeque<>();
    private @Nullable String failedStep;
    private String reason = "";

    BuildOutput(LogSink log, Collection<Secret> secrets) {
        this.log = log;
        this.masks = new Masks(secrets);
    }

    /** Takes a piece of output. */
    void add(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n') {
                end();
            } else if (raw.size() < MAX_RAW) {
                raw.write(b);
            } else {
                overlong = true;
                if (b == '\r') { // what is written over is not shown, however long it was
                    raw.reset();
                    overlong = false;
                }
            }
        }
    }

    /** Takes what is left as a line. */
    void finish() {
        if (raw.size() > 0) {
            end();
        }
    }

    /** The instruction that failed, for example {@code [2/4] RUN npm ci}, if one did. */
    @Nullable
    String failedInstruction() {
        return failedStep == null ? null : steps.get(failedStep);
    }

    /** Why that instruction failed. */
    String reason() {
        return reason;
    }

    /** The docker command's own last lines, which are about the build as a whole. */
    List<String> ownLines() {
        return List.copyOf(own);
    }

    /** The last lines that the failed instruction printed, or else the docker command's own. */
    List<String> tail() {
        Deque<String> lines = failedStep == null ? null : printed.get(failedStep);
        return List.copyOf(lines == null || lines.isEmpty() ? own : lines);
    }

    private void end() {
        String line = folded(raw.toString(StandardCharsets.UTF_8));
        boolean cut = overlong;
        raw.reset();
        overlong = false;
        line = masks.apply(line);
        if (line.length() > MAX_LINE) {
            line = line.substring(0, MAX_LINE);
            cut = true;
        }
        line = cut ? line + CUT : line;
        if (DIGEST.matcher(line).matches() || (line.isBlank() && blank)) {
            return;
        }
        blank = line.isBlank();
        understand(line);
        log.line(line);
    }

    private void understand(String line) {
        Matcher output = PRINTED.matcher(line);
        if (output.matches()) {
            remember(printed.computeIfAbsent(output.group(1), step -> new ArrayDeque<>()), output.group(2));
            return;
        }
        Matcher failed = FAILED.matcher(line);
        if (failed.matches()) {
            if (failedStep == null || reason.contains("context canceled")) {
                failedStep = failed.group(1);
                reason = failed.group(2);
            }
            return;
        }
        Matcher step = STEP.matcher(line);
        if (step.matches()) {
            steps.put(step.group(1), step.group(2));
        } else if (!line.startsWith("#") && !line.isBlank() && !line.startsWith("------")) {
            remember(own, line);
        }
    }

    private static void remember(Deque<String> lines, String line) {
        if (lines.size() == TAIL) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > MAX_TAIL_LINE ? line.substring(0, MAX_TAIL_LINE) + CUT : line);
    }

    /** What a terminal would show in the end of a line that was written over again and again. */
    private static String folded(String line) {
        String shown = line;
        while (shown.endsWith("\r")) {
            shown = shown.substring(0, shown.length() - 1);
        }
        int last = shown.lastIndexOf('\r');
        if (last < 0) {
            return shown;
        }
        // BuildKit's own prefix stands before the first piece only.
        Matcher prefix =
                Pattern.compile("(#\\d+ \\d+\\.\\d+ ).*", Pattern.DOTALL).matcher(shown);
        String rest = shown.substring(last + 1);
        return prefix.matches() && !rest.startsWith("#") ? prefix.group(1) + rest : rest;
    }
}
