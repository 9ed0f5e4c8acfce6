package dev.havenkeep.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a deployment's log, and goes on to its end when it has not ended. */
@Command(name = "log", mixinStandardHelpOptions = true, description = "Show a deployment's steps and log, to its end.")
@Calls("GET /api/v1/deployments/{deployment}/log")
final class DeploymentLogCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
    private String application = "";

    @Parameters(index = "1", paramLabel = "DEPLOYMENT", description = "its number, or an id")
    private String deployment = "";

    DeploymentLogCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        References references = session.references();
        String id = references.application(application);
        new DeploymentFollower(session).print(references.id("deployment", deployment, Map.of("application", id)));
        return 0;
    }
}
