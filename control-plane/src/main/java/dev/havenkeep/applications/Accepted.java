package dev.havenkeep.applications;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.StorableText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks that several value types share. Each names the field at fault and says what is accepted. */
final class Accepted {

    private static final int MAX_ARGUMENTS = 256;
    /** What Linux takes as one argument or one {@code NAME=value}, with its terminating zero: {@code MAX_ARG_STRLEN}. */
    static final int MAX_ARGUMENT_BYTES = 131_071;

    private Accepted() {}

    static ProblemException refusal(String path, String message) {
        return new ProblemException(Problem.invalid(path, message));
    }

    /** Makes a value whose own problems name a field that is part of another one. */
    static <T> T within(String parent, Supplier<T> making) {
        try {
            return making.get();
        } catch (ProblemException e) {
            List<Problem.Field> fields = e.problem().fields().stream()
                    .map(field -> new Problem.Field(parent + "." + field.path(), field.message()))
                    .toList();
            throw fields.isEmpty() ? e : new ProblemException(Problem.invalid(fields), e);
        }
    }

    static int range(String path, @Nullable Integer value, int absent, int least, int most) {
        int given = value == null ? absent : value;
        if (given < least || given > most) {
            throw refusal(path, "must be between " + least + " and " + most);
        }
        return given;
    }

    /** A command as an argument list: any text but NUL, which no argument can hold; empty or absent means none. */
    static List<String> command(String path, @Nullable List<String> argv) {
        if (argv == null || argv.isEmpty()) {
            return List.of();
        }
        if (argv.size() > MAX_ARGUMENTS) {
            throw refusal(path, "must have at most " + MAX_ARGUMENTS + " arguments");
        }
        for (int i = 0; i < argv.size(); i++) {
            String argument = argv.get(i);
            String at = path + "[" + i + "]";
            if (argument == null) {
                throw refusal(at, "must be text");
            }
            StorableText.require(at, argument);
            if (argument.getBytes(StandardCharsets.UTF_8).length > MAX_ARGUMENT_BYTES) {
                throw refusal(at, "must be at most " + MAX_ARGUMENT_BYTES + " bytes, which is Linux's limit");
            }
        }
        if (argv.getFirst().isEmpty()) {
            throw refusal(path + "[0]", "names the program to run; it must not be empty");
        }
        return List.copyOf(argv);
    }

    static boolean printable(String text) {
        return StorableText.is(text) && text.codePoints().noneMatch(Character::isISOControl);
    }
}
