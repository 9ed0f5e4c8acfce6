package dev.havenkeep.applications;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.projects.EnvironmentDeleting;
import dev.havenkeep.servers.ServerDeleting;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps an environment or a server from being deleted while it has applications. */
@Component
class OccupiedGuard {

    private static final int NAMED = 5;

    private final ApplicationStore store;

    OccupiedGuard(ApplicationStore store) {
        this.store = store;
    }

    @EventListener
    void refuseWhileOccupied(EnvironmentDeleting deleting) {
        refuse("The environment has applications", store.names(deleting.environment(), NAMED + 1));
    }

    @EventListener
    void refuseWhileOccupied(ServerDeleting deleting) {
        refuse("The server runs applications", store.namesOn(deleting.server(), NAMED + 1));
    }

    private static void refuse(String what, List<ApplicationName> names) {
        if (!names.isEmpty()) {
            String some = String.join(
                    ", ",
                    names.stream().limit(NAMED).map(ApplicationName::value).toList());
            throw new ProblemException(Problem.conflict(
                    "not-empty",
                    "There is still something in it",
                    what + ": " + some + (names.size() > NAMED ? " and more" : "") + ". Delete them first."));
        }
    }
}
