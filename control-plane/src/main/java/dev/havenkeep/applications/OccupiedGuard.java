package dev.havenkeep.applications;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.projects.EnvironmentDeleting;
import dev.havenkeep.servers.ServerDeleting;
import dev.havenkeep.sources.GitCredentialDeletion;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps an environment, a server or a git credential from being deleted while it has applications. */
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

    @EventListener
    void refuseWhileUsed(GitCredentialDeletion deleting) {
        List<ApplicationName> names = store.all().stream()
                .filter(application -> application.configuration().source() instanceof Source.Git git
                        && deleting.id().equals(git.credentialId()))
                .map(Application::name)
                .toList();
        if (!names.isEmpty()) {
            throw new ProblemException(Problem.conflict(
                    "credential-in-use",
                    "The git credential is in use",
                    "Applications are deployed with " + deleting.name() + ": " + some(names)
                            + ". Give them another credential first."));
        }
    }

    private static void refuse(String what, List<ApplicationName> names) {
        if (!names.isEmpty()) {
            throw new ProblemException(Problem.conflict(
                    "not-empty", "There is still something in it", what + ": " + some(names) + ". Delete them first."));
        }
    }

    private static String some(List<ApplicationName> names) {
        return names.stream().limit(NAMED).map(ApplicationName::value).collect(Collectors.joining(", "))
                + (names.size() > NAMED ? " and more" : "");
    }
}
