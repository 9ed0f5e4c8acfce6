package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.jobs.Jobs;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * At the start, calls the worker of each application that has something unfinished. The queue remembers by itself; this
 * holds even when it was lost, for example with a database that was restored from a backup.
 */
@Component
class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final DeploymentStore deployments;
    private final Applications applications;
    private final Jobs jobs;

    Recovery(DeploymentStore deployments, Applications applications, Jobs jobs) {
        this.deployments = deployments;
        this.applications = applications;
        this.jobs = jobs;
    }

    @EventListener(ApplicationReadyEvent.class)
    void goOn() {
        Set<String> unfinished = new LinkedHashSet<>();
        deployments.unfinished().forEach(application -> unfinished.add(application.value()));
        for (Application application : applications.all()) {
            if (application.record().deletion() != null) {
                unfinished.add(application.id().value());
            }
        }
        unfinished.forEach(application -> jobs.call(DeploymentJob.NAME, application));
        if (!unfinished.isEmpty()) {
            LOG.info("{} applications have something unfinished, which goes on now", unfinished.size());
        }
    }
}
