package dev.havenkeep.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deploys an earlier release. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Go back to an earlier release; nothing is built.")
@Calls({"GET /api/v1/applications/{application}/releases", "POST /api/v1/applications/{application}/deployments"})
final class RollbackCommand implements Callable<Integer> {

    private static final int MOST = 1_000;

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
    private @Nullable String application;

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "its number or id; else the one before the active one")
    private @Nullable String target;

    @Option(names = "--reason", paramLabel = "TEXT", description = "a note that is kept with the deployment")
    private @Nullable String reason;

    @Option(
            names = {"-f", "--follow"},
            description = "show its steps and its log to its end; exit code 3 when it fails")
    private boolean follow;

    RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        References references = session.references();
        String id = references.application(application);
        ObjectNode body = session.json().createObjectNode();
        body.put(
                "releaseId", target == null ? before(id) : references.id("release", target, Map.of("application", id)));
        if (reason != null) {
            body.put("reason", reason);
        }
        JsonNode deployment = session.api()
                .send("POST", "/applications/" + id + "/deployments", body, Map.of())
                .body();
        return DeployCommand.accepted(session, deployment, follow);
    }

    private String before(String application) {
        List<JsonNode> releases = session.api().all("/applications/" + application + "/releases", MOST);
        long active = releases.stream()
                .filter(release -> release.path("active").asBoolean(false))
                .mapToLong(release -> release.path("number").asLong(0))
                .findFirst()
                .orElseThrow(() -> Failure.of("There is nothing to go back from", "No release is active yet."));
        return releases.stream()
                .filter(release -> release.path("number").asLong(0) > 0
                        && release.path("number").asLong(0) < active)
                .max(java.util.Comparator.comparingLong(
                        release -> release.path("number").asLong(0)))
                .map(release -> release.path("id").asString(""))
                .orElseThrow(() -> Failure.of("There is nothing to go back to", "No earlier release is kept."));
    }
}
