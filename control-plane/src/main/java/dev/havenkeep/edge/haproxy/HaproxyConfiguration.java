package dev.havenkeep.edge.haproxy;

import dev.havenkeep.edge.routing.AccessPolicy;
import dev.havenkeep.edge.routing.Backend;
import dev.havenkeep.edge.routing.BackendServer;
import dev.havenkeep.edge.routing.EdgeSettings;
import dev.havenkeep.edge.routing.EdgeState;
import dev.havenkeep.edge.routing.HeaderName;
import dev.havenkeep.edge.routing.HeaderValue;
import dev.havenkeep.edge.routing.HostName;
import dev.havenkeep.edge.routing.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Renders an edge's state as HAProxy's configuration (3.0 and later). A pure function: the same state gives the same
 * text.
 *
 * <p>The frontends only find the route: exact host before wildcard, the longest path prefix first, on the decoded path
 * with repeated slashes merged, so that no spelling of a path gets past a route. What becomes of the request is written
 * in the application's backend, which keeps the cost of a request independent of how many domains there are.
 *
 * <p>A worker that a reload replaced no longer takes run-time commands, but requests still reach it over connections
 * that were open. It hands them to its successor through a unix socket, so that they too see the present servers. So
 * it need not close them either, which loses requests where the client cannot tell whether they were seen.
 */
public final class HaproxyConfiguration {

    /** Finds the route by the variable that holds the host. */
    private static final String LOOKUP =
            "    http-request set-var(txn.route) var(txn.%s),concat(,txn.path,/),map_beg(%s)%s\n";

    private static final int NAME_BYTES = 8;

    private final EdgeState state;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final StringBuilder out = new StringBuilder();

    private HaproxyConfiguration(EdgeState state) {
        this.state = state;
    }

    /** Renders the configuration and everything that it refers to. */
    public static Rendered render(EdgeState state) {
        String fingerprint = hash(new HaproxyConfiguration(withoutServers(state)).write(""));
        HaproxyConfiguration configuration = new HaproxyConfiguration(state);
        String text = configuration.write(fingerprint);
        return new Rendered(text, fingerprint, configuration.files, certificateList(state));
    }

    /** The name of an application's backend. */
    public static String backend(String application) {
        return "app-" + application;
    }

    /** The host name under which an application answers on the probe socket, and nowhere else. */
    public static String probeHost(String application) {
        return application + ".probe";
    }

    /** How a server joins a backend at run time; its weight decides whether it gets new requests. */
    static String serverArguments(BackendServer server) {
        return address(server) + " check inter 2s fastinter 500ms downinter 500ms rise 1 fall 3 weight "
                + weight(server.taking());
    }

    /** The weight of a server that takes new requests, or that does not. */
    static int weight(boolean taking) {
        return taking ? 100 : 0;
    }

    /** One line of the certificate list. */
    static String certificateEntry(EdgeState.ServedCertificate certificate) {
        return Layout.inContainer(Layout.certificate(certificate.id())) + " " + certificate.host();
    }

    private static String certificateList(EdgeState state) {
        return state.certificates().stream()
                .map(certificate -> certificateEntry(certificate) + "\n")
                .collect(Collectors.joining("", Layout.inContainer(Layout.DEFAULT_CERTIFICATE) + "\n", ""));
    }

    private static EdgeState withoutServers(EdgeState state) {
        List<Backend> bare = state.backends().stream()
                .map(backend -> new Backend(
                        backend.application(),
                        backend.healthPath(),
                        backend.responseSeconds(),
                        backend.routes(),
                        List.of()))
                .toList();
        return new EdgeState(state.settings(), bare, List.of());
    }

    private String write(String fingerprint) {
        global(fingerprint);
        defaults();
        String routes = file("routes", "map", routes());
        frontend("http", routes);
        frontend("https", routes);
        internal();
        handoff("http", Layout.HANDOFF_HTTP_SOCKET);
        handoff("https", Layout.HANDOFF_HTTPS_SOCKET);
        unknown();
        if (state.settings().requestsPerTenSeconds() > 0) {
            out.append("""

                    backend rates
                        stick-table type ipv6 size 100k expire 1m store http_req_rate(10s)
                    """);
        }
        state.backends().forEach(this::application);
        return out.toString();
    }

    private void global(String fingerprint) {
        out.append("""
                # Written by Havenkeep; changes by hand are undone within seconds.
                global
                    description %s
                    log stdout format raw daemon
                    fd-hard-limit 100000
                    uid 99
                    gid 99
                    stats socket %s mode 666 level admin
                    hard-stop-after %ds
                    # A reload closes no connection: closing one of QUIC can cut its last answer. Connections of
                    # HTTP/1.1 end with their next answer (see the frontends), busy ones of HTTP/2 after many.
                    close-spread-time infinite
                    tune.h2.fe.max-total-streams 2000
                    # What an upload may have under way at once: with 64 kB, it would come at 1 MB/s over 50 ms.
                    tune.h2.fe.initial-window-size 1048576
                    ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
                    ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256
                    ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
                    tune.ssl.default-dh-param 2048
                    # Room for the headers that a domain sets, beside whatever body is in the buffer already.
                    tune.bufsize 32768
                    tune.maxrewrite 8192
                    .if feature(QUIC_OPENSSL_COMPAT)
                    limited-quic
                    .endif
                """.formatted(
                        fingerprint.isEmpty() ? "-" : fingerprint,
                        Layout.inContainer(Layout.ADMIN_SOCKET),
                        state.settings().hardStopSeconds()));
    }

    private void defaults() {
        out.append("""

                defaults
                    mode http
                    log global
                    log-format "%%{+json}o %%(at)[accept_date(ms)] %%(requestId)[var(txn.request)] %%(client)ci %%(host)[var(txn.host)] %%(method)HM %%(path)HP %%(version)HV %%(status)ST %%(bytes)B %%(millis)Ta %%(frontend)ft %%(backend)b %%(server)s %%(route)[var(txn.route)] %%(state)tsc %%(retries)rc"
                    option idle-close-on-response
                    option clitcpka
                    option srvtcpka
                    option redispatch 1
                    retries 3
                    # Another connection is tried where none was made, and where a kept one was closed before a request
                    # that may be repeated (RFC 9110 section 9.2.2) was answered; see disable-l7-retry below.
                    retry-on conn-failure empty-response
                    timeout connect 3s
                    timeout http-request 15s
                    timeout http-keep-alive 60s
                    timeout queue 30s
                    timeout client 10m
                    timeout client-fin 30s
                    timeout server 10m
                    timeout server-fin 30s
                    timeout tunnel 24h
                """.formatted());
        for (Pages page : List.of(Pages.BAD_GATEWAY, Pages.UNAVAILABLE, Pages.TIMEOUT)) {
            out.append("    errorfile %d %s\n"
                    .formatted(page.status(), file(Integer.toString(page.status()), "http", page.response())));
        }
    }

    /** The longest key that a request's host and path start with is its route. */
    private String routes() {
        SortedMap<String, String> keys = new TreeMap<>();
        for (Backend backend : state.backends()) {
            for (Route route : backend.routes()) {
                if (!(route.access() instanceof AccessPolicy.Private)) {
                    keys.put(
                            route.host() + route.path().withSlash(), backend(backend.application()) + ":" + route.id());
                }
            }
        }
        return keys.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private void frontend(String scheme, String routes) {
        boolean secure = scheme.equals("https");
        EdgeSettings settings = state.settings();
        out.append("\nfrontend ").append(scheme).append('\n');
        if (secure) {
            String tls = "ssl crt-list " + Layout.inContainer(Layout.CERTIFICATE_LIST);
            out.append("    bind :443 " + tls + " alpn h2,http/1.1\n");
            out.append("    .if feature(QUIC)\n");
            out.append("    bind quic4@:443 " + tls + " alpn h3\n");
            out.append("    http-after-response set-header Alt-Svc 'h3=\":" + settings.httpsPort() + "\"; ma=86400'\n");
            out.append("    .endif\n");
            out.append(socket(Layout.HAIRPIN_HTTPS_SOCKET) + " accept-proxy " + tls + " alpn h2,http/1.1\n");
            out.append(socket(Layout.HANDOFF_HTTPS_SOCKET) + " accept-proxy\n");
        } else {
            out.append("    bind :80\n");
            out.append(socket(Layout.HAIRPIN_HTTP_SOCKET) + " accept-proxy\n");
            out.append(socket(Layout.HANDOFF_HTTP_SOCKET) + " accept-proxy\n");
        }
        requestId();
        target();
        if (settings.requestsPerTenSeconds() > 0) {
            out.append("    http-request track-sc0 src table rates if !{ stopping }\n");
            out.append("    " + answer(Pages.TOO_MANY) + " if { sc_http_req_rate(0) gt "
                    + settings.requestsPerTenSeconds() + " }\n");
        }
        if (!secure) {
            out.append("""
                        http-request set-var(txn.challenge) path,field(4,/),map(%s) if { path -m beg /.well-known/acme-challenge/ }
                        http-request return status 200 content-type text/plain lf-string %%[var(txn.challenge)] if { var(txn.challenge) -m found }
                    """.formatted(Layout.inContainer(Layout.CHALLENGES)));
        }
        out.append(LOOKUP.formatted("host", routes, ""));
        out.append(LOOKUP.formatted("wildcard", routes, " if !{ var(txn.route) -m found }"));
        out.append("""
                    http-request set-var(txn.scheme) str(%1$s)
                    http-request set-header X-Forwarded-For %%[src]
                    http-request set-header X-Real-IP %%[src]
                    http-request set-header X-Forwarded-Proto %1$s
                    http-request set-header X-Forwarded-Host %%[req.hdr(host)]
                    http-request set-header X-Forwarded-Port %2$d
                    http-request del-header X-Forwarded-Prefix
                    http-request del-header Forwarded
                    http-request del-header X-Haven- -m beg
                    http-after-response set-header Connection close if { stopping } !{ status 101 }
                    use_backend handoff-%1$s if { stopping }
                    use_backend %%[var(txn.route),field(1,:)] if { var(txn.route) -m found }
                    default_backend unknown
                """.formatted(scheme, secure ? settings.httpsPort() : settings.httpPort()));
    }

    private static String socket(String path) {
        // Only HAProxy itself may speak here, since the PROXY protocol is believed.
        return "    bind unix@" + Layout.inContainer(path) + " uid 99 gid 99 mode 600";
    }

    private void requestId() {
        out.append("""
                    unique-id-format %[uuid(7)]
                    http-request set-var(txn.request) req.hdr(x-request-id) if { req.hdr(x-request-id) -m reg '^[A-Za-z0-9._-]{8,64}$' }
                    http-request set-var(txn.request) unique-id if !{ var(txn.request) -m found }
                    http-request set-header X-Request-ID %[var(txn.request)]
                    http-after-response set-header X-Request-ID %[var(txn.request)]
                """);
    }

    /** Which host and path are meant, however they are spelt; a path that climbs is refused. */
    private void target() {
        out.append("""
                    http-request set-var(txn.host) req.hdr(host),field(1,:),lower,rtrim(.)
                    http-request set-var(txn.rest) var(txn.host),field(2,.,0)
                    http-request set-var(txn.wildcard) str(*),concat(.,txn.rest)
                    http-request set-var(txn.path) "path,url_dec,regsub('[/\\\\\\\\]+',/,g)"
                    %s if { path -m sub -i %%00 } || { var(txn.path),concat(/) -m sub /../ /./ }
                """.formatted(answer(Pages.BAD_REQUEST)));
    }

    /** What only the owner of the folder can reach. */
    private void internal() {
        out.append("""

                frontend probe
                    bind unix@%s mode 666
                    unique-id-format %%[uuid(7)]
                    http-request set-var(txn.request) unique-id
                    http-request set-header X-Request-ID %%[var(txn.request)]
                    http-request set-header X-Forwarded-Proto https
                    use_backend app-%%[req.hdr(host),field(1,.)] if { req.hdr(host) -m end .probe }
                    default_backend unknown

                frontend metrics
                    bind unix@%s mode 666
                    option dontlog-normal
                    http-request use-service prometheus-exporter if { path /metrics }
                    http-request return status 404
                """.formatted(Layout.inContainer(Layout.PROBE_SOCKET), Layout.inContainer(Layout.METRICS_SOCKET)));
    }

    private void handoff(String scheme, String socket) {
        out.append("""

                backend handoff-%s
                    server successor unix@%s send-proxy-v2
                """.formatted(scheme, Layout.inContainer(socket)));
    }

    private void unknown() {
        out.append("\nbackend unknown\n");
        out.append("    " + answer(Pages.MISDIRECTED)
                + " if { ssl_fc_sni -m found } !{ ssl_fc_sni,lower,strcmp(txn.host) eq 0 }\n");
        out.append("    " + answer(Pages.NOT_FOUND) + "\n");
    }

    private void application(Backend backend) {
        out.append("\nbackend ").append(backend(backend.application())).append('\n');
        // The less busy of two. Not leastconn: HAProxy 3.0 crashes when it counts a probe on a server of weight 0.
        out.append("    balance random(2)\n");
        out.append("    timeout server ").append(backend.responseSeconds()).append("s\n");
        out.append("    http-request disable-l7-retry if !{ method GET HEAD OPTIONS }\n");
        String host = backend.routes().isEmpty()
                ? probeHost(backend.application())
                : backend.routes().getFirst().host().value().replace("*", "any");
        if (backend.healthPath() != null) {
            out.append("    option httpchk\n");
            out.append("    http-check send meth GET uri " + Quoter.text(backend.healthPath())
                    + " ver HTTP/1.1 hdr Host " + Quoter.text(host) + " hdr User-Agent havenkeep-edge\n");
            out.append("    http-check expect status 200-399\n");
        }
        List<Route> reachable = backend.routes().stream()
                .filter(route -> !(route.access() instanceof AccessPolicy.Private))
                .toList();
        reachable.forEach(route -> access(route, condition(backend, route)));
        reachable.forEach(route -> redirects(route, condition(backend, route)));
        reachable.forEach(route -> rewrites(route, condition(backend, route)));
        if (reachable.stream().anyMatch(route -> route.handling().compression())) {
            out.append("    filter compression\n");
            out.append("    compression algo gzip\n");
            out.append("    compression type text/html text/plain text/css text/xml text/javascript"
                    + " application/javascript application/json application/xml application/wasm"
                    + " application/manifest+json application/rss+xml image/svg+xml\n");
        }
        out.append(
                "    use-server %[req.hdr(x-haven-server)] if { fe_name probe } { req.hdr(x-haven-server) -m found }\n");
        out.append("    http-response set-header X-Haven-Server %s if { fe_name probe }\n");
        for (BackendServer server : backend.servers()) {
            out.append("    server " + Quoter.text(server.name()) + " " + serverArguments(server) + "\n");
        }
    }

    private static String condition(Backend backend, Route route) {
        return "{ var(txn.route) -m str " + backend(backend.application()) + ":" + route.id() + " }";
    }

    private void access(Route route, String condition) {
        switch (route.access()) {
            case AccessPolicy.Public() -> {}
            case AccessPolicy.Private() -> {}
            case AccessPolicy.IpAllowlist(var networks) -> {
                String list = file(
                        "networks",
                        "txt",
                        networks.stream().map(network -> network + "\n").collect(Collectors.joining()));
                out.append("    " + answer(Pages.FORBIDDEN) + " if " + condition + " !{ src -f " + list + " }\n");
            }
        }
    }

    private void redirects(Route route, String condition) {
        HostName target = route.redirectTo();
        int port = state.settings().httpsPort();
        String secure = "https://%s" + (port == 443 ? "" : ":" + port);
        if (target != null) {
            String plainPort = state.settings().httpPort() == 80
                    ? ""
                    : ":" + state.settings().httpPort();
            boolean force = route.handling().forceHttps();
            out.append("    http-request redirect prefix " + Quoter.format(secure.formatted(target)) + " code 308 if "
                    + condition + (force ? "" : " { var(txn.scheme) -m str https }") + "\n");
            if (!force) {
                out.append("    http-request redirect prefix " + Quoter.format("http://" + target + plainPort)
                        + " code 308 if " + condition + "\n");
            }
        } else if (route.handling().forceHttps()) {
            out.append("    http-request redirect prefix " + secure.formatted("%[var(txn.host)]") + " code 308 if "
                    + condition + " { var(txn.scheme) -m str http }\n");
        }
    }

    private void rewrites(Route route, String condition) {
        if (route.redirectTo() != null) {
            return;
        }
        Route.Handling handling = route.handling();
        if (handling.stripPrefix() && !route.path().root()) {
            String path = route.path().value();
            out.append("    http-request set-header X-Forwarded-Prefix " + Quoter.format(path) + " if " + condition
                    + "\n");
            out.append("    http-request set-path / if " + condition + " { path -m str " + Quoter.text(path) + " }\n");
            out.append("    http-request set-path %[path,bytes(" + path.length() + ")] if " + condition
                    + " { path -m beg " + Quoter.text(route.path().withSlash()) + " }\n");
        }
        headers("http-request", handling.requestHeaders(), condition);
        headers("http-response", handling.responseHeaders(), condition);
        if (!handling.compression()) {
            // What RFC 9111 section 5.2.2.6 has for it: neither this filter nor any other proxy compresses then.
            out.append("    http-response add-header Cache-Control no-transform if " + condition + "\n");
        }
    }

    private void headers(String rule, Map<HeaderName, HeaderValue> headers, String condition) {
        headers.forEach((name, value) -> {
            if (value.value().isEmpty()) {
                out.append("    %s del-header %s if %s\n".formatted(rule, Quoter.text(name.value()), condition));
            } else {
                out.append("    %s set-header %s %s if %s\n"
                        .formatted(rule, Quoter.text(name.value()), Quoter.format(value.value()), condition));
            }
        });
    }

    private String answer(Pages page) {
        return "http-request return status %d content-type 'text/html; charset=utf-8' file %s"
                .formatted(page.status(), file(Integer.toString(page.status()), "html", page.html()));
    }

    /** Adds a file that the configuration refers to; gives its path in the container. */
    private String file(String name, String extension, String content) {
        String path = Layout.FILES + "/" + name + "-" + hash(content) + "." + extension;
        files.put(path, content);
        return Layout.inContainer(path);
    }

    private static String address(BackendServer server) {
        return (server.address().contains(":") ? "[" + server.address() + "]" : server.address()) + ":" + server.port();
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
