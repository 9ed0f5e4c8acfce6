package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.jobs.Job;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Caller;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The worker of one application: does its deployments one after the other, the one that was begun first, and its
 * deletion when that was asked for. The queue makes sure that there is one at a time, in whatever process.
 */
@Component
class DeploymentJob implements Job {

    static final String NAME = "deployments";
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final DeploymentStore store;
    private final Applications applications;
    private final DeploymentRunner runner;
    private final ApplicationDeletion deletion;

    DeploymentJob(
            DeploymentStore store, Applications applications, DeploymentRunner runner, ApplicationDeletion deletion) {
        this.store = store;
        this.applications = applications;
        this.runner = runner;
        this.deletion = deletion;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration retryAfter() {
        return RETRY;
    }

    @Override
    public void run(String key) {
        ApplicationId id = new ApplicationId(key);
        try (Caller.Bound bound = Caller.bind(Caller.system("deployments"))) {
            while (true) {
                Optional<Application> application = applications.find(id);
                if (application.isEmpty()) {
                    return;
                }
                Optional<Deployment> next = store.next(id);
                if (next.isEmpty()) {
                    if (application.get().record().deletion() != null) {
                        deletion.run(application.get());
                    }
                    return;
                }
                runner.run(next.get());
            }
        }
    }
}
