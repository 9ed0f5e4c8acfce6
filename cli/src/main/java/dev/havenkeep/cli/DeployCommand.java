package dev.havenkeep.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deploys an application. */
@Command(name = "deploy", mixinStandardHelpOptions = true, description = "Deploy an application.")
@Calls({
    "POST /api/v1/applications/{application}/deployments",
    "GET /api/v1/deployments/{deployment}",
    "GET /api/v1/deployments/{deployment}/log"
})
final class DeployCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
    private @Nullable String application;

    @Option(names = "--plan", description = "show what would be done, and do nothing")
    private boolean plan;

    @Option(names = "--commit", paramLabel = "SHA", description = "this commit; else the tip of the branch")
    private @Nullable String commit;

    @Option(
            names = "--build",
            paramLabel = "auto|always|never",
            description = "whether an image that is there may be used")
    private @Nullable String build;

    @Option(names = "--reason", paramLabel = "TEXT", description = "a note that is kept with the deployment")
    private @Nullable String reason;

    @Option(
            names = {"-f", "--follow"},
            description = "show its steps and its log to its end; exit code 3 when it fails")
    private boolean follow;

    DeployCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String id = session.references().application(application);
        ObjectNode body = session.json().createObjectNode();
        put(body, "commit", commit);
        put(body, "build", build);
        put(body, "reason", reason);
        String path = "/applications/" + id + "/deployments";
        if (plan) {
            show(session.api()
                    .send("POST", Api.path(path, Map.of(), Map.of("dryRun", "true")), body, Map.of())
                    .body());
            return 0;
        }
        return accepted(
                session, session.api().send("POST", path, body, Map.of()).body(), follow);
    }

    /** Says that a deployment is under way, or follows it. */
    static int accepted(Session session, JsonNode deployment, boolean follow) {
        if (follow) {
            return new DeploymentFollower(session).follow(deployment);
        }
        Screen screen = session.screen();
        if (screen.isJson()) {
            screen.show(deployment);
        } else {
            String number = Screen.text(deployment.path("number"));
            screen.line("Deployment " + number + " is " + Screen.text(deployment.path("state")) + " (id "
                    + Screen.text(deployment.path("id")) + ").");
        }
        return 0;
    }

    private void show(JsonNode wanted) {
        Screen screen = session.screen();
        if (screen.isJson()) {
            screen.show(wanted);
            return;
        }
        JsonNode of = wanted.path("commit");
        if (!of.isMissingNode() && !of.isNull()) {
            screen.line("Commit " + Screen.text(of.path("sha")) + ": " + Screen.text(of.path("message")));
        }
        wanted.path("actions").forEach(action -> screen.line("  - " + Screen.text(action)));
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
