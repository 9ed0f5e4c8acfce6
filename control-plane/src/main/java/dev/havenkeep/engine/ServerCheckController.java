package dev.havenkeep.engine;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Server;
import dev.havenkeep.servers.Servers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tries a server out, for the person who has just added it. */
@RestController
class ServerCheckController {

    private final Servers servers;
    private final Engines engines;
    private final ApplicationEventPublisher events;

    ServerCheckController(Servers servers, Engines engines, ApplicationEventPublisher events) {
        this.servers = servers;
        this.engines = engines;
        this.events = events;
    }

    /**
     * What the check found.
     *
     * @param reachable whether the server and its engine answer, and it is a server of its own
     * @param engineVersion the Docker Engine's version, when it answers
     * @param apiVersion the newest engine API that it speaks
     * @param architecture the machine's architecture, such as amd64
     * @param problem why it is not reachable, and what to do
     */
    record ServerCheck(
            boolean reachable,
            @Nullable String engineVersion,
            @Nullable String apiVersion,
            @Nullable String architecture,
            @Nullable CheckProblem problem) {}

    /**
     * Why a server is not reachable.
     *
     * @param code stable and machine-readable
     * @param title the same for every occurrence
     * @param detail what happened and what to do about it
     */
    record CheckProblem(String code, String title, String detail) {

        static CheckProblem of(Problem problem) {
            return new CheckProblem(problem.code(), problem.title(), problem.detail());
        }
    }

    /** Connects to a server and asks its engine for its version. */
    @PostMapping("/api/v1/servers/{server}/check")
    ServerCheck checkServer(@PathVariable ServerId server) {
        Server checked = servers.get(server);
        ServerCheck outcome = check(server);
        events.publishEvent(new Audited(
                "server.checked",
                Scope.of(checked.team()),
                "server",
                server.value(),
                checked.name().value(),
                Map.of("reachable", outcome.reachable())));
        return outcome;
    }

    private ServerCheck check(ServerId server) {
        try {
            Docker.Version version = engines.of(server).version();
            servers.identify(server, engines.of(server).info().id());
            return new ServerCheck(true, version.version(), version.apiVersion(), version.arch(), null);
        } catch (ProblemException e) {
            return new ServerCheck(false, null, null, null, CheckProblem.of(e.problem()));
        }
    }
}
