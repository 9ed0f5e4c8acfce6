package dev.havenkeep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/** Says which control plane and team we act on. */
@Command(name = "whoami", mixinStandardHelpOptions = true, description = "Show the control plane and team you act on.")
@Calls("GET /api/v1/teams/{team}")
final class WhoamiCommand implements Callable<Integer> {

    private final Session session;

    WhoamiCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String team = session.references().team();
        ObjectNode shown = session.json().createObjectNode();
        shown.put("url", session.settings().read().url());
        shown.put("team", session.api().get("/teams/" + team).path("name").asString(""));
        shown.put("teamId", team);
        session.screen().show(shown);
        return 0;
    }
}
