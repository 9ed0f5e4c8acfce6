package dev.havenkeep.edge.haproxy;

import dev.havenkeep.edge.routing.EdgeSettings;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Renders the configuration of the HAProxy that stands in for a server's public names inside its networks: whatever
 * comes to the ports that the world knows goes on to the edge, with the address that it came from (PROXY protocol,
 * version 2).
 */
public final class NamesConfiguration {

    /** Its file in the edge's folder. */
    public static final String FILE = "names.cfg";

    /** The environment variable that tells one generation of it from the next. */
    public static final String GENERATION = "GENERATION";

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private NamesConfiguration() {}

    /** Renders it. */
    public static String render(EdgeSettings settings) {
        StringBuilder out = new StringBuilder("""
                # Written by Havenkeep; changes by hand are undone within seconds.
                global
                    log stdout format raw daemon notice
                    fd-hard-limit 50000
                    uid 99
                    gid 99
                    stats socket %s mode 666 level operator

                defaults
                    mode tcp
                    log global
                    option clitcpka
                    timeout connect 3s
                    timeout client 24h
                    timeout server 24h
                """.formatted(Layout.inContainer(socket("\"${" + GENERATION + "}\""))));
        frontend(out, "http", ports(HTTP, settings.httpPort()), Layout.HAIRPIN_HTTP_SOCKET);
        frontend(out, "https", ports(HTTPS, settings.httpsPort()), Layout.HAIRPIN_HTTPS_SOCKET);
        return out.toString();
    }

    /** The run-time socket of a generation, relative to the edge's folder. */
    public static String socket(String generation) {
        return Layout.CONTROL + "/names-" + generation + ".sock";
    }

    private static void frontend(StringBuilder out, String scheme, SortedSet<Integer> ports, String socket) {
        out.append("\nfrontend ").append(scheme).append('\n');
        ports.forEach(port -> out.append("    bind :").append(port).append('\n'));
        out.append("    default_backend edge-").append(scheme).append('\n');
        out.append("\nbackend edge-").append(scheme).append('\n');
        out.append("    server edge unix@").append(Layout.inContainer(socket)).append(" send-proxy-v2\n");
    }

    private static SortedSet<Integer> ports(int usual, int published) {
        SortedSet<Integer> ports = new TreeSet<>();
        ports.add(usual);
        ports.add(published);
        return ports;
    }
}
