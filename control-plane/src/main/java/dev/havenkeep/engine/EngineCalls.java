package dev.havenkeep.engine;

import dev.havenkeep.kernel.ProblemException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/** What all parts of the client do alike: JSON in and out, and which statuses are outcomes. */
final class EngineCalls {

    private final EngineHttp http;
    private final EngineJson json = new EngineJson();

    EngineCalls(EngineHttp http) {
        this.http = http;
    }

    EngineHttp http() {
        return http;
    }

    EngineJson json() {
        return json;
    }

    EngineHttp.Reply exchange(EngineRequest request, Duration deadline) {
        return http.exchange(request, deadline);
    }

    EngineHttp.Reply exchange(EngineRequest request, Object body, Duration deadline) {
        return http.exchange(request.body(new EngineRequest.Body.Json(json.write(body))), deadline);
    }

    /** What exists is answered, a 404 is empty, all else is a problem. */
    <T> Optional<T> find(EngineRequest request, Class<T> type) {
        EngineHttp.Reply reply = exchange(request, Docker.QUICK);
        return switch (reply.status()) {
            case 200 -> Optional.of(json.read(reply.body(), type));
            case 404 -> Optional.empty();
            default -> throw refused(reply);
        };
    }

    <T> T get(EngineRequest request, Class<T> type, Duration deadline) {
        return json.read(success(exchange(request, deadline)).body(), type);
    }

    <T> T get(EngineRequest request, TypeReference<T> type) {
        return json.read(success(exchange(request, Docker.QUICK)).body(), type);
    }

    /** A change for which 304 says that it was so already and 404 that the thing does not exist. */
    Change change(EngineRequest request, Duration deadline) {
        return change(exchange(request, deadline));
    }

    Change change(EngineHttp.Reply reply) {
        return switch (reply.status()) {
            case 200, 201, 204 -> Change.DONE;
            case 304 -> Change.ALREADY;
            case 404 -> Change.ABSENT;
            default -> throw refused(reply);
        };
    }

    EngineHttp.Reply success(EngineHttp.Reply reply) {
        if (reply.status() / 100 != 2) {
            throw refused(reply);
        }
        return reply;
    }

    String message(EngineHttp.Reply reply) {
        return json.message(reply.body());
    }

    ProblemException refused(EngineHttp.Reply reply) {
        return EngineProblems.refused(reply.status(), message(reply));
    }
}
