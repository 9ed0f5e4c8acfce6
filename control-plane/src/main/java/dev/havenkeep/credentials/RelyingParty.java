package dev.havenkeep.credentials;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * The site that passkeys are made for (WebAuthn Level 3 sections 4 and 13.4.9). Sites on one host share an id: there a
 * browser also offers passkeys of the others, and they are refused since nobody's account here has them.
 *
 * @param id a domain without port: that of the origins, or one above it
 * @param name what people know the site as
 * @param origins where its pages are, such as {@code https://example.com}; HTTPS, or HTTP on {@code localhost}
 */
public record RelyingParty(String id, String name, Set<String> origins) {

    public RelyingParty {
        origins = Set.copyOf(origins);
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("A relying party has an origin");
        }
        for (String origin : origins) {
            if (!fits(URI.create(origin), id)) {
                throw new IllegalArgumentException("Passkeys of " + id + " cannot be used on " + origin);
            }
        }
    }

    /** The site whose pages are below an address; its host is its id. */
    public static RelyingParty at(URI address, String name) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return new RelyingParty(host, name, Set.of(address.getScheme() + "://" + host + port));
    }

    private static boolean fits(URI origin, String id) {
        String host = origin.getHost();
        return host != null
                && (host.equals(id) || host.endsWith("." + id))
                && ("https".equals(origin.getScheme())
                        || ("http".equals(origin.getScheme())
                                && (id.equals("localhost") || id.endsWith(".localhost"))));
    }
}
