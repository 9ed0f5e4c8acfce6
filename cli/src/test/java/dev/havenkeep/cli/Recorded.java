package dev.havenkeep.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Answers as the API's document says it does, from what the test recorded; notes what was asked. */
final class Recorded implements AutoCloseable {

    static final String TEAM = "00000000-0000-7000-8000-00000000000a";
    static final String PROJECT = "00000000-0000-7000-8000-00000000000b";
    static final String ENVIRONMENT = "00000000-0000-7000-8000-00000000000c";
    static final String APPLICATION = "00000000-0000-7000-8000-00000000000d";
    static final String DEPLOYMENT = "00000000-0000-7000-8000-00000000000e";

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** What was asked. */
    record Request(String line, String body, Map<String, List<String>> headers) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }
    }

    private record Answer(int status, String type, String body, Map<String, String> headers) {}

    Recorded() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        json("GET /api/v1/teams", "{\"items\":[{\"id\":\"" + TEAM + "\",\"name\":\"Makers\"}]}");
        json("GET /api/v1/teams/" + TEAM + "/projects", items(PROJECT, "shop"));
        json("GET /api/v1/projects/" + PROJECT + "/environments", items(ENVIRONMENT, "production"));
        json("GET /api/v1/environments/" + ENVIRONMENT + "/applications", items(APPLICATION, "web"));
    }

    static String items(String id, String name) {
        return "{\"items\":[{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}]}";
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a request with JSON from now on. */
    Recorded json(String line, String body) {
        return answer(200, line, "application/json", body, Map.of());
    }

    /** Answers a request once more; the last answer stays. */
    Recorded answer(int status, String line, String type, String body, Map<String, String> headers) {
        answers.computeIfAbsent(line, key -> new ArrayDeque<>()).addLast(new Answer(status, type, body, headers));
        return this;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Request last(String method) {
        return requests.stream()
                .filter(request -> request.line().startsWith(method + " "))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no " + method + " in " + requests));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(line, body, Map.copyOf(exchange.getRequestHeaders())));
            String path = line.replaceFirst("\\?.*", "");
            Answer answer = next(answers.containsKey(line) ? line : path);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private Answer next(String line) {
        Deque<Answer> due = answers.get(line);
        if (due == null) {
            return new Answer(
                    404,
                    "application/problem+json",
                    "{\"title\":\"Not found\",\"detail\":\"There is no %s.\",\"code\":\"not-found\",\"requestId\":\"r-404\"}"
                            .formatted(line),
                    Map.of());
        }
        synchronized (due) {
            return due.size() > 1 ? due.removeFirst() : due.getFirst();
        }
    }
}
