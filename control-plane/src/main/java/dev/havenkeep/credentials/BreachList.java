package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A list of passwords that were in breaches, as a file of any size that is searched where it lies and never loaded: one
 * {@code HASH:COUNT} a line, ordered by hash, as Pwned Passwords hands it out ("ordered by hash"). The hashes are
 * hexadecimal in either case, of SHA-1 or SHA-256, whole or all cut to the same length; the count may be missing.
 *
 * <p>One look-up reads about thirty small pieces of a file of a thousand million lines. May be used by many threads.
 */
public final class BreachList implements AutoCloseable {

    private static final int LONGEST_LINE = 128;
    /** A shorter prefix, of 40 bits, would refuse passwords that were in no breach. */
    private static final int SHORTEST_PREFIX = 10;

    private final FileChannel file;
    private final String algorithm;
    private final int length;

    private BreachList(FileChannel file, String algorithm, int length) {
        this.file = file;
        this.algorithm = algorithm;
        this.length = length;
    }

    /** The hash function that made the list. */
    public enum Algorithm {
        SHA1("SHA-1", 40),
        SHA256("SHA-256", 64);

        private final String digest;
        private final int length;

        Algorithm(String digest, int length) {
            this.digest = digest;
            this.length = length;
        }
    }

    /** One line: where it begins and what its hash is. */
    private record Line(long begin, long next, String hash, long count) {}

    /**
     * Opens a list.
     *
     * @throws ProblemException 422 when the file's first or last line is not such a line, or they are not in order
     * @throws UncheckedIOException when it cannot be read
     */
    public static BreachList open(Path path, Algorithm algorithm) {
        try {
            FileChannel file = FileChannel.open(path);
            try {
                return checked(file, algorithm);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BreachList checked(FileChannel file, Algorithm algorithm) throws IOException {
        int length = new BreachList(file, algorithm.digest, 0).lineAt(0).hash().length();
        BreachList list = new BreachList(file, algorithm.digest, length);
        Line first = list.lineAt(0);
        Line last = list.lineAt(list.lineBegin(Math.max(0, file.size() - 2)));
        if (length < SHORTEST_PREFIX
                || length > algorithm.length
                || first.hash().compareTo(last.hash()) > 0) {
            throw malformed("is not ordered by " + algorithm.digest + " hash");
        }
        return list;
    }

    /** How often the password was in breaches, if it was. */
    public OptionalLong occurrences(Secret password) {
        String wanted = hash(password);
        try {
            long low = 0;
            long high = file.size();
            while (low < high) {
                Line line = lineAt(lineBegin(low + (high - low) / 2));
                int order = wanted.compareTo(line.hash());
                if (order == 0) {
                    return OptionalLong.of(line.count());
                }
                if (order < 0) {
                    high = line.begin();
                } else {
                    low = line.next();
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the line begins that a position lies in. */
    private long lineBegin(long position) throws IOException {
        long from = Math.max(0, position - LONGEST_LINE);
        byte[] before = read(from, (int) (position - from));
        for (int i = before.length - 1; i >= 0; i--) {
            if (before[i] == '\n') {
                return from + i + 1;
            }
        }
        if (from > 0) {
            throw malformed("has a line that is too long");
        }
        return 0;
    }

    private Line lineAt(long begin) throws IOException {
        String text = new String(read(begin, LONGEST_LINE), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        int colon = line.indexOf(':');
        String hash = (colon < 0 ? line : line.substring(0, colon)).toUpperCase(Locale.ROOT);
        if ((length > 0 && hash.length() != length)
                || hash.isEmpty()
                || !hash.chars().allMatch(HexFormat::isHexDigit)) {
            throw malformed("has a line that is not HASH:COUNT");
        }
        return new Line(
                begin, end < 0 ? file.size() : begin + end + 1, hash, colon < 0 ? 1 : count(line.substring(colon + 1)));
    }

    private static long count(String digits) {
        if (!digits.matches("\\d{1,18}")) {
            throw malformed("has a line that is not HASH:COUNT");
        }
        return Long.parseLong(digits);
    }

    private byte[] read(long position, int most) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(most, Math.max(0, file.size() - position)));
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("The list of breached passwords became shorter while it was read");
            }
        }
        return buffer.array();
    }

    private String hash(Secret password) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm)
                    .digest(NewPassword.normal(password).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest).substring(0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProblemException malformed(String message) {
        return new ProblemException(Problem.invalid("breachList", message));
    }
}
