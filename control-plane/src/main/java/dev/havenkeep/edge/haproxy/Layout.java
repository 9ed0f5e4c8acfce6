package dev.havenkeep.edge.haproxy;

/**
 * Where things are in an edge's folder, which its container sees at {@link #ROOT}.
 */
public final class Layout {

    /** The folder as the container sees it. */
    public static final String ROOT = "/edge";

    /** The configuration. */
    public static final String CONFIGURATION = "haproxy.cfg";

    /** A configuration that is being tried. */
    public static final String CANDIDATE = "haproxy.next.cfg";

    /** Files that a configuration refers to, named by their content. */
    public static final String FILES = "files";

    /** Certificates with their keys; only root reads it. */
    public static final String CERTIFICATES = "certificates";

    /** Which certificate answers for which name. */
    public static final String CERTIFICATE_LIST = CERTIFICATES + "/list.txt";

    /** Answers certificates for names that the edge does not know. */
    public static final String DEFAULT_CERTIFICATE = CERTIFICATES + "/default.pem";

    /** HTTP-01 challenges: token and key authorization (RFC 8555 section 8.3). */
    public static final String CHALLENGES = "challenges.map";

    /** Sockets for whoever owns the folder. */
    public static final String CONTROL = "control";

    /** Sockets for HAProxy itself. */
    public static final String HANDOFF = "handoff";

    /** The run-time socket of the worker. */
    public static final String ADMIN_SOCKET = CONTROL + "/admin.sock";

    /** The run-time socket of the master. */
    public static final String MASTER_SOCKET = CONTROL + "/master.sock";

    /** Requests that test an application from inside. */
    public static final String PROBE_SOCKET = CONTROL + "/probe.sock";

    /** The Prometheus exporter. */
    public static final String METRICS_SOCKET = CONTROL + "/metrics.sock";

    /** Requests from the server's own containers to its public names; with the PROXY protocol. */
    public static final String HAIRPIN_HTTP_SOCKET = HANDOFF + "/hairpin-http.sock";

    /** TLS connections from the server's own containers to its public names; with the PROXY protocol. */
    public static final String HAIRPIN_HTTPS_SOCKET = HANDOFF + "/hairpin-https.sock";

    static final String HANDOFF_HTTP_SOCKET = HANDOFF + "/http.sock";
    static final String HANDOFF_HTTPS_SOCKET = HANDOFF + "/https.sock";

    private Layout() {}

    /** A path in the folder as the container sees it. */
    public static String inContainer(String path) {
        return ROOT + "/" + path;
    }

    /** The file of a certificate. */
    public static String certificate(String id) {
        return CERTIFICATES + "/" + id + ".pem";
    }
}
