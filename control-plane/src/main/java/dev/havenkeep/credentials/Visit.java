package dev.havenkeep.credentials;

import dev.havenkeep.web.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody comes from who wants to sign in.
 *
 * @param address the client's network address
 * @param network the network that it shares with neighbours, which limits count by
 * @param userAgent what the browser says that it is, cut to a sensible length
 */
public record Visit(String address, String network, String userAgent) {

    private static final int LONGEST_USER_AGENT = 200;

    /** The visit that a request is. */
    public static Visit of(HttpServletRequest request, ClientAddresses addresses) {
        String address = addresses.of(request);
        return new Visit(address, ClientAddresses.network(address), printable(request.getHeader("User-Agent")));
    }

    private static String printable(@Nullable String header) {
        if (header == null) {
            return "";
        }
        String line = header.codePoints()
                .filter(character -> character >= ' ' && character < 0x7F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.length() > LONGEST_USER_AGENT ? line.substring(0, LONGEST_USER_AGENT) : line;
    }
}
