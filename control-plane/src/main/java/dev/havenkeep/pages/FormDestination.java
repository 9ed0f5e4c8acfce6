package dev.havenkeep.pages;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a form's answer may redirect to besides the realm itself: an origin, or the scheme of a native application
 * (RFC 8252 section 7.1). Browsers hold the redirects that follow a form against its page's {@code form-action}, so a
 * page of a flow that ends at a client names the client.
 *
 * @param source as Content-Security-Policy writes it, for example {@code https://shop.example} or {@code com.example.app:}
 */
public record FormDestination(String source) {

    private static final Pattern SOURCE =
            Pattern.compile("https?://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:[0-9]{1,5})?|[a-z][a-z0-9.+-]*:");
    /** Schemes in which an address is itself a document or a script. */
    private static final Pattern NO_APPLICATION =
            Pattern.compile("(javascript|data|blob|filesystem|about|vbscript|view-source|file|https?):");

    /** @throws IllegalArgumentException when it is not a source */
    public FormDestination {
        if (!SOURCE.matcher(source).matches() || NO_APPLICATION.matcher(source).matches()) {
            throw new IllegalArgumentException("Not an origin or an application's scheme");
        }
    }

    /**
     * The destination that a redirect URI is.
     *
     * @throws ProblemException 422 when no form can lead there
     */
    public static FormDestination of(String redirectUri) {
        try {
            URI uri = new URI(redirectUri);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            return new FormDestination(
                    web ? scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) : scheme + ":");
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.invalid("redirect_uri", "must be an address that a form can lead to"), e);
        }
    }
}
