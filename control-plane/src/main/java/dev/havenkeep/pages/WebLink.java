package dev.havenkeep.pages;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An address on the web that a page may link to or show a picture from: absolute, https, ASCII (RFC 3986), with a host
 * and without user information, so that it can neither run a script nor break out of a header.
 */
public record WebLink(String value) {

    private static final int LONGEST = 2000;

    /** @throws IllegalArgumentException when it is not such an address */
    public WebLink {
        if (!valid(value)) {
            throw new IllegalArgumentException("Not an https address");
        }
    }

    /**
     * Reads an address that a person typed.
     *
     * @param path the input field, for the problem
     * @throws ProblemException 422 when it is not such an address
     */
    public static WebLink parse(String path, @Nullable String text) {
        String address = text == null ? "" : text.strip();
        if (!valid(address)) {
            throw new ProblemException(
                    Problem.invalid(path, "must be an https address such as https://example.com/terms"));
        }
        return new WebLink(address);
    }

    /** The host, for people. */
    public String host() {
        return URI.create(value).getHost();
    }

    /** The origin (RFC 6454 section 6.2), for a Content-Security-Policy. */
    public String origin() {
        URI uri = URI.create(value);
        return "https://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean valid(String text) {
        if (text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
