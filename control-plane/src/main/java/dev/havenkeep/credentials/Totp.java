package dev.havenkeep.credentials;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator app's shared secret and the one-time passwords that follow from it (RFC 6238 on RFC 4226). New ones
 * are what every app reads: 160 bits, SHA-1, six digits, 30 seconds. The other parameters are for secrets that come
 * from elsewhere.
 *
 * @param secret the shared secret in Base32 (RFC 4648 section 6), upper case without padding
 * @param algorithm of the HMAC (RFC 6238 section 1.2)
 * @param digits 6 to 8 (RFC 4226 section 5.3)
 * @param period how long one password stands, 15 to 120 seconds (RFC 6238 section 4.1)
 */
public record Totp(Secret secret, Algorithm algorithm, int digits, Duration period) {

    /** The last used step of a secret that was never used. */
    public static final long NEVER_USED = -1;

    private static final int NEW_SECRET_BYTES = 20;
    /** RFC 4226 requirement R6 asks for 128 bits; some systems hand out 80, and people keep them in their apps. */
    private static final int FEWEST_SECRET_BYTES = 10;

    private static final int MOST_SECRET_BYTES = 128;
    private static final int FEWEST_DIGITS = 6;
    private static final int MOST_DIGITS = 8;
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(15);
    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(2);
    /** Steps before and after now that are accepted, for clocks that differ (RFC 6238 section 5.2). */
    private static final int WINDOW = 1;

    private static final int LOW_NIBBLE = 0x0F;
    private static final int WITHOUT_SIGN = 0x7FFFFFFF;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The hash function in the HMAC. */
    public enum Algorithm {
        SHA1("HmacSHA1"),
        SHA256("HmacSHA256"),
        SHA512("HmacSHA512");

        private final String mac;

        Algorithm(String mac) {
            this.mac = mac;
        }
    }

    /**
     * A secret that comes from elsewhere.
     *
     * @throws ProblemException 422 when it is not Base32 of 80 to 1024 bits or a parameter is out of range
     */
    public Totp {
        secret = Secret.of(Base32.encode(decoded(secret)));
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS) {
            throw new ProblemException(Problem.invalid("digits", "must be 6 to 8"));
        }
        if (period.compareTo(SHORTEST_PERIOD) < 0
                || period.compareTo(LONGEST_PERIOD) > 0
                || !period.equals(Duration.ofSeconds(period.toSeconds()))) {
            throw new ProblemException(Problem.invalid("period", "must be 15 to 120 whole seconds"));
        }
    }

    /** A new secret with the parameters that every authenticator app knows. */
    public static Totp generate() {
        byte[] key = new byte[NEW_SECRET_BYTES];
        RANDOM.nextBytes(key);
        return of(Secret.of(Base32.encode(key)));
    }

    /** A secret that {@link #generate} made. */
    public static Totp of(Secret secret) {
        return new Totp(secret, Algorithm.SHA1, FEWEST_DIGITS, Duration.ofSeconds(30));
    }

    /**
     * The address that an app reads from a QR code, in the form of Google Authenticator's "Key Uri Format". It holds
     * the secret.
     *
     * @param issuer whose account it is, as people know it
     * @param account which account, usually an e-mail address
     */
    public Secret uri(String issuer, String account) {
        // A colon ends the issuer in the label, so that there is none in it.
        String from = issuer.replace(':', ' ').strip();
        return Secret.of("otpauth://totp/" + encoded(from) + ":" + encoded(account) + "?secret=" + secret.reveal()
                + "&issuer=" + encoded(from) + "&algorithm=" + algorithm + "&digits=" + digits + "&period="
                + period.toSeconds());
    }

    /** The password of a step (RFC 6238 section 4.2). */
    Secret password(long step) {
        byte[] hash = hash(step);
        int offset = hash[hash.length - 1] & LOW_NIBBLE;
        int truncated = ByteBuffer.wrap(hash).getInt(offset) & WITHOUT_SIGN;
        return Secret.of(String.format(Locale.ROOT, "%0" + digits + "d", truncated % (long) Math.pow(10, digits)));
    }

    /** The step that a moment lies in (RFC 6238 section 4.2, T0 = 0). */
    long step(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), period.toSeconds());
    }

    /**
     * The step whose password this is: now's, the one before or the one after, and later than the last used one, so
     * that no password is good twice (RFC 6238 section 5.2). The caller stores it as the last used one, in the same
     * transaction. Takes the same time whichever matches.
     *
     * @param typed what a person typed; spaces do not count
     * @param lastUsedStep what an earlier call answered, or {@link #NEVER_USED}
     */
    public OptionalLong verify(@Nullable String typed, Instant now, long lastUsedStep) {
        if (typed == null || typed.length() > 4 * digits) {
            return OptionalLong.empty();
        }
        byte[] password = typed.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8);
        long current = step(now);
        long matching = NEVER_USED;
        for (long step = current - WINDOW; step <= current + WINDOW; step++) {
            boolean equal = MessageDigest.isEqual(password(step).reveal().getBytes(StandardCharsets.UTF_8), password);
            matching = equal && step > lastUsedStep ? step : matching;
        }
        return matching == NEVER_USED ? OptionalLong.empty() : OptionalLong.of(matching);
    }

    private byte[] hash(long step) {
        try {
            Mac mac = Mac.getInstance(algorithm.mac);
            mac.init(new SecretKeySpec(decoded(secret), algorithm.mac));
            return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decoded(Secret secret) {
        byte[] key = Base32.decode(secret.reveal())
                .filter(bytes -> bytes.length >= FEWEST_SECRET_BYTES && bytes.length <= MOST_SECRET_BYTES)
                .orElse(null);
        if (key == null) {
            throw new ProblemException(Problem.invalid("secret", "must be Base32 of 80 to 1024 bits"));
        }
        return key;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
