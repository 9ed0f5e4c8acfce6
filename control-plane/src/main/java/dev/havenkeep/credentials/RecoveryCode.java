package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Secret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A code on paper that stands in for a lost second factor, once: 80 bits in four groups of four letters and digits
 * (Crockford's Base32, without I, L, O and U). It is kept as its {@link #hash}; whoever keeps it deletes it with its use.
 */
public final class RecoveryCode {

    private static final int IN_A_SET = 10;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final int LONGEST_TYPED = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secret symbols;

    private RecoveryCode(String symbols) {
        this.symbols = Secret.of(symbols);
    }

    /** A new set of ten, to be shown once. */
    public static List<RecoveryCode> generate() {
        return Stream.generate(RecoveryCode::next).distinct().limit(IN_A_SET).toList();
    }

    /** Reads what a person typed; case, spaces, hyphens and look-alikes (o for 0, i or l for 1) do not count. */
    public static Optional<RecoveryCode> tryParse(@Nullable String typed) {
        if (typed == null || typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String symbols = typed.replaceAll("[\\s\\p{Pd}_.]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        boolean known = symbols.length() == LENGTH && symbols.chars().allMatch(symbol -> ALPHABET.indexOf(symbol) >= 0);
        return known ? Optional.of(new RecoveryCode(symbols)) : Optional.empty();
    }

    /** The code as it is shown, in groups: {@code 7KQ2-MZ8R-0HJC-VW4T}. */
    public Secret text() {
        return Secret.of(String.join("-", symbols.reveal().split("(?<=\\G.{" + GROUP + "})")));
    }

    /**
     * What is kept of it: a SHA-256 that is good for one owner only, so that nobody can search the codes of all at once.
     *
     * @param owner the id of whose code it is
     */
    public String hash(String owner) {
        return RandomText.hash("recovery-code\n" + owner + "\n" + symbols.reveal());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryCode that && symbols.equals(that.symbols);
    }

    @Override
    public int hashCode() {
        return symbols.hashCode();
    }

    @Override
    public String toString() {
        return symbols.toString();
    }

    private static RecoveryCode next() {
        StringBuilder symbols = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            symbols.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new RecoveryCode(symbols.toString());
    }
}
