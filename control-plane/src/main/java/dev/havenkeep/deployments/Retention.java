package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.kernel.ApplicationId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Drops the releases that an application keeps no more, with their images, unless something else uses those. */
@Component
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final ReleaseStore releases;
    private final Applications applications;
    private final Engines engines;
    private final InstantSource clock;

    Retention(ReleaseStore releases, Applications applications, Engines engines, InstantSource clock) {
        this.releases = releases;
        this.applications = applications;
        this.engines = engines;
        this.clock = clock;
    }

    void apply(ApplicationId id) {
        Optional<Application> found = applications.find(id);
        if (found.isEmpty()) {
            return;
        }
        Application application = found.get();
        List<Release> kept = releases.kept(id);
        int limit = application.configuration().rollout().keptReleases();
        String active = application.status().activeReleaseId();
        for (Release release : kept.subList(Math.min(limit, kept.size()), kept.size())) {
            if (!release.id().value().equals(active)) {
                releases.drop(release.id(), clock.instant());
            }
        }
        for (Release release : releases.imagesToRemove(id)) {
            removeImage(engines.of(release.configuration().server()), release);
        }
    }

    /**
     * Removes the image of a dropped release, if it came to the server by a release and none that is kept, of whatever
     * application, has the same.
     */
    void removeImage(Docker docker, Release release) {
        Release.Image image = release.image();
        if (image == null || !image.owned() || releases.keepsImage(image.id())) {
            releases.imageRemoved(release.id(), clock.instant());
            return;
        }
        switch (docker.images().remove(ImageReference.ofId(image.id()))) {
            case DONE, ALREADY, ABSENT -> releases.imageRemoved(release.id(), clock.instant());
            case IN_USE -> LOG.info("The image {} is still in use; it goes later", image.reference());
        }
    }
}
