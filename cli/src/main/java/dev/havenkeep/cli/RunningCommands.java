package dev.havenkeep.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restart, stop and start: deployments without a new release. */
abstract class RunningCommands implements Callable<Integer> {

    private final Session session;
    private final String verb;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
    private @Nullable String application;

    @Option(
            names = {"-f", "--follow"},
            description = "show its steps and its log to its end; exit code 3 when it fails")
    private boolean follow;

    RunningCommands(Session session, String verb) {
        this.session = session;
        this.verb = verb;
    }

    @Override
    public Integer call() {
        String id = session.references().application(application);
        return DeployCommand.accepted(
                session,
                session.api()
                        .send("POST", "/applications/" + id + "/" + verb, null, Map.of())
                        .body(),
                follow);
    }

    @Command(name = "restart", mixinStandardHelpOptions = true, description = "Replace an application's containers.")
    @Calls("POST /api/v1/applications/{application}/restart")
    static final class Restart extends RunningCommands {
        Restart(Session session) {
            super(session, "restart");
        }
    }

    @Command(name = "stop", mixinStandardHelpOptions = true, description = "Stop an application.")
    @Calls("POST /api/v1/applications/{application}/stop")
    static final class Stop extends RunningCommands {
        Stop(Session session) {
            super(session, "stop");
        }
    }

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Start a stopped application.")
    @Calls("POST /api/v1/applications/{application}/start")
    static final class Start extends RunningCommands {
        Start(Session session) {
            super(session, "start");
        }
    }
}
