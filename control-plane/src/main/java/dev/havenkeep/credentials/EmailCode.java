package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A few digits that are mailed to an address and typed back, to show that both are one person's (NIST SP 800-63B
 * section 3.1.3). So few can be guessed: whoever keeps the {@link #hash} allows a handful of tries within minutes, and
 * uses a match once.
 */
public final class EmailCode {

    private static final int FEWEST_DIGITS = 6;
    private static final int MOST_DIGITS = 8;
    private static final int LONGEST_TYPED = 64;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secret digits;

    private EmailCode(String digits) {
        this.digits = Secret.of(digits);
    }

    /**
     * A new code.
     *
     * @param digits 6 to 8
     */
    public static EmailCode next(int digits) {
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
            throw new IllegalArgumentException("A code has 6 to 8 digits");
        }
        return new EmailCode(
                String.format(Locale.ROOT, "%0" + digits + "d", RANDOM.nextInt((int) Math.pow(10, digits))));
    }

    /** Reads what a person typed; spaces and hyphens do not count. */
    public static Optional<EmailCode> tryParse(@Nullable String typed) {
        if (typed == null || typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String digits = typed.replaceAll("[\\s\\p{Pd}]", "");
        boolean known = digits.length() >= FEWEST_DIGITS
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return known ? Optional.of(new EmailCode(digits)) : Optional.empty();
    }

    /** The code as it is mailed. */
    public Secret text() {
        return digits;
    }

    /**
     * What is kept of it: an HMAC (RFC 2104, SHA-256) that is good for one address in one interaction only. The key
     * must not lie beside the hashes: whoever has both finds the code at once.
     *
     * @param key at least 256 random bits, such as {@link RandomText#next}
     * @param interaction the id of the attempt to sign in, to sign up or to recover that the code was sent for
     */
    public String hash(Secret key, EmailAddress address, String interaction) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), MAC));
            String bound = "email-code\n" + interaction + "\n" + address.value() + "\n" + digits.reveal();
            return HexFormat.of().formatHex(mac.doFinal(bound.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this is the code whose hash was kept; takes the same time either way. */
    public boolean matches(String hash, Secret key, EmailAddress address, String interaction) {
        return MessageDigest.isEqual(
                hash(key, address, interaction).getBytes(StandardCharsets.US_ASCII),
                hash.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return digits.toString();
    }
}
