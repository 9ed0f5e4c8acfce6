package dev.havenkeep.sources;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rules of a {@code .dockerignore} file: a line is a pattern, {@code #} starts a comment, {@code !} takes back what
 * earlier lines left out, {@code **} matches any number of folders; the last line that matches a path, or a folder above
 * it, decides. Patterns are matched in time proportional to pattern times path, whatever they are.
 */
final class IgnoreRules {

    private static final int MAX_RULES = 10_000;
    private static final int MAX_PATTERN = 1024;

    private final List<Rule> rules;
    private final boolean takesBack;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
        this.takesBack = rules.stream().anyMatch(Rule::takeBack);
    }

    static IgnoreRules none() {
        return new IgnoreRules(List.of());
    }

    /**
     * Reads the file's text.
     *
     * @throws IllegalArgumentException naming the line that is not a pattern
     */
    static IgnoreRules parse(String text) {
        List<Rule> rules = new ArrayList<>();
        int number = 0;
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        for (String line : plain.split("\n", -1)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            String pattern = line.strip();
            boolean takeBack = pattern.startsWith("!");
            if (takeBack) {
                pattern = pattern.substring(1).strip();
            }
            pattern = cleaned(pattern);
            if (pattern.isEmpty()) {
                continue;
            }
            if (pattern.length() > MAX_PATTERN || rules.size() == MAX_RULES) {
                throw new IllegalArgumentException("line " + number + " is too long, or one too many");
            }
            rules.add(new Rule(Glob.parse(pattern, number), takeBack));
        }
        return new IgnoreRules(List.copyOf(rules));
    }

    /** Whether a path (relative to the context folder, without a leading slash) is left out. */
    boolean ignores(String path) {
        boolean ignored = false;
        for (Rule rule : rules) {
            if (ignored == rule.takeBack() && rule.matchesPathOrFolderAbove(path)) {
                ignored = !rule.takeBack();
            }
        }
        return ignored;
    }

    /** Whether everything under an ignored folder is ignored too, so that it need not be looked at. */
    boolean ignoresAllUnder(String folder) {
        return !takesBack && ignores(folder);
    }

    private static String cleaned(String pattern) {
        List<String> segments = new ArrayList<>();
        for (String segment : pattern.split("/", -1)) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return String.join("/", segments);
    }

    private record Rule(Glob glob, boolean takeBack) {

        boolean matchesPathOrFolderAbove(String path) {
            return glob.matchesPathOrFolderAbove(path);
        }
    }

    /** One pattern as a non-deterministic automaton: one state per token, all followed at once. */
    private record Glob(List<Token> tokens) {

        private sealed interface Token {
            boolean accepts(int c);

            /** Whether it may match nothing, and any number of characters. */
            default boolean repeats() {
                return false;
            }
        }

        private record Literal(int c) implements Token {
            @Override
            public boolean accepts(int other) {
                return c == other;
            }
        }

        private record OneOf(List<int[]> ranges, boolean negated) implements Token {
            @Override
            public boolean accepts(int c) {
                boolean within = ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]);
                return c != '/' && within != negated;
            }
        }

        /** {@code ?} once, or {@code *} repeatedly: anything but a slash. */
        private record InSegment(@Override boolean repeats) implements Token {
            @Override
            public boolean accepts(int c) {
                return c != '/';
            }
        }

        /** {@code **}: anything. */
        private record Anything() implements Token {
            @Override
            public boolean accepts(int c) {
                return true;
            }

            @Override
            public boolean repeats() {
                return true;
            }
        }

        /** The start of {@code **}{@code /}: skipped together with what follows it, or entered. */
        private record FoldersStart() implements Token {
            @Override
            public boolean accepts(int c) {
                return false;
            }
        }

        /** Inside {@code **}{@code /}: left after a slash only. */
        private record FoldersInside() implements Token {
            @Override
            public boolean accepts(int c) {
                return true;
            }
        }

        static Glob parse(String pattern, int line) {
            List<Token> tokens = new ArrayList<>();
            int[] chars = pattern.codePoints().toArray();
            int i = 0;
            while (i < chars.length) {
                int c = chars[i++];
                switch (c) {
                    case '*' -> {
                        if (i < chars.length && chars[i] == '*') {
                            i++;
                            if (i < chars.length && chars[i] == '/') {
                                i++;
                                tokens.add(new FoldersStart());
                                tokens.add(new FoldersInside());
                            } else {
                                tokens.add(new Anything());
                            }
                        } else {
                            tokens.add(new InSegment(true));
                        }
                    }
                    case '?' -> tokens.add(new InSegment(false));
                    case '[' -> i = oneOf(chars, i, tokens, line);
                    case '\\' -> {
                        if (i == chars.length) {
                            throw new IllegalArgumentException("line " + line + " ends with a backslash");
                        }
                        tokens.add(new Literal(chars[i++]));
                    }
                    default -> tokens.add(new Literal(c));
                }
            }
            return new Glob(List.copyOf(tokens));
        }

        private static int oneOf(int[] chars, int start, List<Token> tokens, int line) {
            int i = start;
            boolean negated = i < chars.length && (chars[i] == '^' || chars[i] == '!');
            if (negated) {
                i++;
            }
            List<int[]> ranges = new ArrayList<>();
            while (i < chars.length && (chars[i] != ']' || ranges.isEmpty())) {
                int low = chars[i] == '\\' && i + 1 < chars.length ? chars[++i] : chars[i];
                i++;
                int high = low;
                if (i + 1 < chars.length && chars[i] == '-' && chars[i + 1] != ']') {
                    high = chars[i + 1];
                    i += 2;
                }
                ranges.add(new int[] {low, high});
            }
            if (i == chars.length) {
                throw new IllegalArgumentException("line " + line + " has a [ without its ]");
            }
            tokens.add(new OneOf(List.copyOf(ranges), negated));
            return i + 1;
        }

        /** One pass: a folder above matches when the automaton accepts right before its slash. */
        boolean matchesPathOrFolderAbove(String path) {
            BitSet states = new BitSet(tokens.size() + 1);
            reach(states, 0);
            for (int c : path.codePoints().toArray()) {
                if (c == '/' && states.get(tokens.size())) {
                    return true;
                }
                BitSet next = new BitSet(tokens.size() + 1);
                for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                    if (state < tokens.size()) {
                        step(tokens.get(state), state, c, next);
                    }
                }
                if (next.isEmpty()) {
                    return false;
                }
                states = next;
            }
            return states.get(tokens.size());
        }

        private void step(Token token, int state, int c, BitSet next) {
            if (!token.accepts(c)) {
                return;
            }
            if (token instanceof FoldersInside) {
                reach(next, state);
                if (c == '/') {
                    reach(next, state + 1);
                }
            } else {
                reach(next, token.repeats() ? state : state + 1);
            }
        }

        /** Enters a state, and those that follow it by matching nothing. */
        private void reach(BitSet states, int state) {
            int current = state;
            while (!states.get(current)) {
                states.set(current);
                if (current == tokens.size()) {
                    return;
                }
                switch (tokens.get(current)) {
                    case FoldersStart start -> {
                        states.set(current + 1);
                        current += 2;
                    }
                    case Token token when token.repeats() -> current++;
                    case Token token -> {
                        return;
                    }
                }
            }
        }
    }
}
