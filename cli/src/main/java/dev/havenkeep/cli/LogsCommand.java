package dev.havenkeep.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Prints what an application's containers print. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Show what an application's containers print.")
@Calls("GET /api/v1/applications/{application}/logs")
final class LogsCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
    private @Nullable String application;

    @Option(
            names = {"-f", "--follow"},
            description = "go on as more comes")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "LINES", defaultValue = "200", description = "how many lines to begin with")
    private int tail;

    @Option(names = "--since", paramLabel = "TIME", description = "not before, for example 2026-01-31T12:00:00Z")
    private @Nullable String since;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String id = session.references().application(application);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("tail", Integer.toString(tail));
        if (since != null) {
            query.put("since", since);
        }
        EventSource source = new EventSource(session.api(), Api.path("/applications/" + id + "/logs", Map.of(), query));
        if (follow) {
            source.read(true, this::print);
        } else {
            source.readWhatIsThere(this::print);
        }
        return 0;
    }

    private boolean print(EventSource.Event event) {
        Screen screen = session.screen();
        if (event.name().equals("log")) {
            JsonNode data = session.json().readTree(event.data());
            screen.line(
                    screen.isJson()
                            ? event.data()
                            : Screen.text(data.path("container")) + " | " + Screen.text(data.path("text")));
        }
        return !event.name().equals("end");
    }
}
