package dev.havenkeep.credentials;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower
 * case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account,
 * and no mail ever goes to another spelling than the one that was compared.
 */
public record EmailAddress(@JsonValue String value) {

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;
    /** The unquoted form (RFC 5321 section 4.1.2, RFC 6531): letters and digits of any script, and these signs. */
    private static final Pattern LOCAL_PART =
            Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /**
     * Reads an address that a person typed.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 when it is not an address
     */
    public static EmailAddress parse(String path, @Nullable String text) {
        return tryParse(text)
                .orElseThrow(() -> new ProblemException(
                        Problem.invalid(path, "must be an e-mail address such as name@example.com")));
    }

    /** Reads an address where anything else is simply nobody's. */
    public static Optional<EmailAddress> tryParse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return Optional.empty();
        }
        String normal = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        normal = Normalizer.normalize(normal, Normalizer.Form.NFKC);
        int at = normal.lastIndexOf('@');
        if (at < 1 || at > LONGEST_LOCAL_PART) {
            return Optional.empty();
        }
        String localPart = normal.substring(0, at);
        String domain = ascii(normal.substring(at + 1));
        String address = localPart + "@" + domain;
        if (!LOCAL_PART.matcher(localPart).matches()
                || !DOMAIN.matcher(domain).matches()
                || address.length() > LONGEST) {
            return Optional.empty();
        }
        return Optional.of(new EmailAddress(address));
    }

    @Override
    public String toString() {
        return value;
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
