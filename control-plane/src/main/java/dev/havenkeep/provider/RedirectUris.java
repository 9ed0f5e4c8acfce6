package dev.havenkeep.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Set;

/**
 * Whether an address is one of a client's own: character by character (RFC 9700 section 2.1), except for the port of an
 * address of the loopback interface, which a native application learns only when it runs (RFC 8252 section 7.3).
 */
final class RedirectUris {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    private RedirectUris() {}

    static boolean allowed(Collection<String> registered, String requested) {
        if (requested.indexOf('#') >= 0) {
            return false;
        }
        return registered.contains(requested) || registered.stream().anyMatch(own -> sameButForThePort(own, requested));
    }

    private static boolean sameButForThePort(String own, String requested) {
        try {
            URI registered = new URI(own);
            URI asked = new URI(requested);
            return "http".equals(registered.getScheme())
                    && registered.getHost() != null
                    && LOOPBACK.contains(registered.getHost())
                    && asked.getRawUserInfo() == null
                    && withoutPort(registered, own).equals(withoutPort(asked, requested));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutPort(URI uri, String text) {
        String authority = uri.getRawAuthority();
        if (authority == null || uri.getPort() < 0) {
            return text;
        }
        int start = text.indexOf(authority);
        String host = authority.substring(0, authority.lastIndexOf(':'));
        return text.substring(0, start) + host + text.substring(start + authority.length());
    }
}
