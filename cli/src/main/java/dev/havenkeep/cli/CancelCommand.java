package dev.havenkeep.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Cancels what an application is being deployed by. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancel an application's deployments that have not ended yet.")
@Calls({"GET /api/v1/applications/{application}/deployments", "POST /api/v1/deployments/{deployment}/cancel"})
final class CancelCommand implements Callable<Integer> {

    private static final int LATEST = 20;
    private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled", "superseded");

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
    private @Nullable String application;

    CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String id = session.references().application(application);
        List<JsonNode> running = session.api().all("/applications/" + id + "/deployments", LATEST).stream()
                .filter(deployment -> !ENDED.contains(deployment.path("state").asString("")))
                .toList();
        if (running.isEmpty()) {
            throw Failure.of("There is nothing to cancel", "No deployment of the application is under way.");
        }
        for (JsonNode deployment : running) {
            JsonNode cancelled = session.api()
                    .send("POST", "/deployments/" + deployment.path("id").asString("") + "/cancel", null, Map.of())
                    .body();
            DeployCommand.accepted(session, cancelled, false);
        }
        return 0;
    }
}
