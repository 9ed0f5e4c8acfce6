package dev.havenkeep.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A git server over smart HTTP on a loopback port: git's own http-backend behind the JDK's HTTP server. */
public final class HttpGitServer implements AutoCloseable {

    private static final String BACKEND = "/usr/lib/git-core/git-http-backend";

    private final HttpServer server;
    private final Path root;
    private final @Nullable String authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> lfs = new ConcurrentHashMap<>();

    private HttpGitServer(Path root, @Nullable String authorization) throws IOException {
        this.root = root;
        this.authorization = authorization;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** Serves every repository in the folder to everybody. */
    public static HttpGitServer open(Path root) {
        try {
            return new HttpGitServer(root, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves every repository in the folder to one user. */
    public static HttpGitServer protectedBy(Path root, String user, String password) {
        try {
            return new HttpGitServer(root, basic(user, password));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a repository, for example {@code http://127.0.0.1:41234/shop.git}. */
    public String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + ".git";
    }

    /** What was asked so far: method, path and query of each request. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Has the server keep an object for LFS. */
    public void keepLfsObject(String oid, byte[] content) {
        lfs.put(oid, content);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (authorization != null
                    && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            } else if (path.endsWith("/info/lfs/objects/batch")) {
                batch(exchange);
            } else if (path.startsWith("/lfs/")) {
                byte[] content = lfs.get(path.substring("/lfs/".length()));
                exchange.sendResponseHeaders(content == null ? 404 : 200, content == null ? -1 : content.length);
                if (content != null) {
                    exchange.getResponseBody().write(content);
                }
            } else {
                backend(exchange);
            }
        }
    }

    private void batch(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        StringBuilder objects = new StringBuilder();
        lfs.forEach((oid, content) -> {
            if (asked.contains(oid)) {
                String header = authorization == null ? "" : "\"Authorization\":\"" + authorization + "\"";
                objects.append(objects.isEmpty() ? "" : ",")
                        .append(
                                "{\"oid\":\"%s\",\"size\":%d,\"actions\":{\"download\":{\"href\":\"http://127.0.0.1:%d/lfs/%s\",\"header\":{%s}}}}"
                                        .formatted(
                                                oid,
                                                content.length,
                                                server.getAddress().getPort(),
                                                oid,
                                                header));
            }
        });
        byte[] answer = ("{\"transfer\":\"basic\",\"objects\":[" + objects + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.git-lfs+json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }

    /** The Common Gateway Interface (RFC 3875), as far as http-backend uses it. */
    private void backend(HttpExchange exchange) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(BACKEND);
        Map<String, String> environment = builder.environment();
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("GIT_CONFIG_SYSTEM", "/dev/null");
        environment.put("GIT_CONFIG_COUNT", "1");
        environment.put("GIT_CONFIG_KEY_0", "safe.directory");
        environment.put("GIT_CONFIG_VALUE_0", "*");
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        header(exchange, environment, "Content-Type", "CONTENT_TYPE");
        header(exchange, environment, "Content-Encoding", "HTTP_CONTENT_ENCODING");
        header(exchange, environment, "Git-Protocol", "GIT_PROTOCOL");
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        try (InputStream out = new BufferedInputStream(process.getInputStream())) {
            int status = 200;
            String line = line(out);
            while (!line.isEmpty()) {
                int colon = line.indexOf(':');
                String name = line.substring(0, colon);
                String value = line.substring(colon + 1).strip();
                if (name.equalsIgnoreCase("Status")) {
                    status = Integer.parseInt(value.substring(0, 3));
                } else {
                    exchange.getResponseHeaders().add(name, value);
                }
                line = line(out);
            }
            exchange.sendResponseHeaders(status, 0);
            out.transferTo(exchange.getResponseBody());
        }
    }

    private static void header(HttpExchange exchange, Map<String, String> environment, String name, String variable) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            environment.put(variable, value);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        while (c >= 0 && c != '\n') {
            if (c != '\r') {
                line.append((char) c);
            }
            c = in.read();
        }
        return line.toString();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
