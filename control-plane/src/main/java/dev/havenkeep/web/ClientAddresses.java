package dev.havenkeep.web;

import dev.havenkeep.kernel.HavenProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a request really comes from. {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} count only when the
 * connection comes from a proxy of {@code haven.trusted-proxies}; anybody can write them otherwise.
 */
@Component
public class ClientAddresses {

    private static final int IPV6_SITE = 64;
    private static final int IPV4_HOST = 32;

    private final List<CidrBlock> trusted;
    private final @Nullable String publicUrl;

    ClientAddresses(ProxyProperties proxies, HavenProperties properties) {
        trusted = proxies.trustedProxies().stream()
                .map(block -> CidrBlock.parse("haven.trusted-proxies", block))
                .toList();
        publicUrl = properties.publicUrl();
    }

    /** The client's address as a literal. */
    public String of(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        if (!trusted(address)) {
            return address;
        }
        List<String> hops = Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .toList();
        for (String hop : hops.reversed()) {
            Optional<InetAddress> literal = CidrBlock.literal(hop);
            if (literal.isEmpty()) {
                break;
            }
            address = literal.get().getHostAddress();
            if (!trusted(address)) {
                break;
            }
        }
        return address;
    }

    /** The network that an address belongs to for limits: an IPv4 host, or the /64 that an IPv6 host owns. */
    public static String network(String address) {
        return CidrBlock.literal(address)
                .map(literal -> CidrBlock.around(literal, literal instanceof Inet4Address ? IPV4_HOST : IPV6_SITE))
                .map(CidrBlock::toString)
                .orElse(address);
    }

    /** Whether the browser reached us over TLS, here or at a trusted proxy, or at a public URL that says so. */
    public boolean secure(HttpServletRequest request) {
        if (request.isSecure()) {
            return true;
        }
        if (trusted(request.getRemoteAddr()) && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))) {
            return true;
        }
        return publicUrl != null
                && publicUrl.startsWith("https://")
                && authority(URI.create(publicUrl)).equals(hostOf(request));
    }

    /** Whether an {@code Origin} header (RFC 6454 section 7) names the site that this request was sent to. */
    public boolean sameOrigin(HttpServletRequest request, String origin) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (uri.getHost() == null) {
            return false;
        }
        String sender = authority(uri);
        return sender.equals(hostOf(request)) || (publicUrl != null && sender.equals(authority(URI.create(publicUrl))));
    }

    /** Where this installation is reached, without a trailing slash: the public URL, else as this request did. */
    public String baseUrl(HttpServletRequest request) {
        return publicUrl != null ? publicUrl : (secure(request) ? "https://" : "http://") + hostOf(request);
    }

    private String hostOf(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Host");
        String host = forwarded != null && trusted(request.getRemoteAddr()) ? forwarded : request.getHeader("Host");
        return host == null ? "" : withoutDefaultPort(host.strip().toLowerCase(Locale.ROOT));
    }

    private static String authority(URI uri) {
        String authority = uri.getAuthority();
        return authority == null ? "" : withoutDefaultPort(authority.toLowerCase(Locale.ROOT));
    }

    private static String withoutDefaultPort(String authority) {
        if (authority.endsWith(":80")) {
            return authority.substring(0, authority.length() - 3);
        }
        return authority.endsWith(":443") ? authority.substring(0, authority.length() - 4) : authority;
    }

    private boolean trusted(String address) {
        return !trusted.isEmpty()
                && CidrBlock.literal(address)
                        .filter(literal -> trusted.stream().anyMatch(block -> block.contains(literal)))
                        .isPresent();
    }
}
