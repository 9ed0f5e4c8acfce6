package dev.havenkeep.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Prints what changes in the team, as it changes. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Show what changes in the team, as it changes.")
@Calls("GET /api/v1/events")
final class EventsCommand implements Callable<Integer> {

    private final Session session;

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String path = Api.path(
                "/events", Map.of(), Map.of("team", session.references().team()));
        Screen screen = session.screen();
        new EventSource(session.api(), path).read(true, event -> {
            JsonNode data = session.json().readTree(event.data());
            if (screen.isJson()) {
                screen.line(event.data());
            } else if (!Screen.text(data.path("type")).equals("stream.opened")) {
                screen.line(Screen.text(data.path("type")) + " " + Screen.text(data.path("id")));
            }
            return true;
        });
        return 0;
    }
}
