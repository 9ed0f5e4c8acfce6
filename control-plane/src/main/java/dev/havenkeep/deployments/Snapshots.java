package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.applications.Source;
import dev.havenkeep.applications.Variable;
import dev.havenkeep.kernel.Ids;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Takes copies of configurations and variables for new releases, and says whether two would build the same image. */
@Component
class Snapshots {

    private final Applications applications;
    private final Ids ids;
    private final InstantSource clock;

    Snapshots(Applications applications, Ids ids, InstantSource clock) {
        this.applications = applications;
        this.ids = ids;
        this.clock = clock;
    }

    /** A release of the application as it is now, without an image yet. */
    Release take(Application application) {
        List<Variable> variables = applications.variables(application.id());
        return new Release(
                new ReleaseId(ids.next()),
                application.id(),
                null,
                null,
                application.configuration(),
                new Release.Variables(
                        values(variables, Variable.Availability::atRun),
                        values(variables, Variable.Availability::atBuild)),
                clock.instant(),
                null);
    }

    /** Whether building this commit for the one release would give the image that the other one has. */
    static boolean sameBuild(Release wanted, Source.Git source, String sha, Release other) {
        Release.Image image = other.image();
        return image != null
                && image.commit() != null
                && image.commit().sha().equals(sha)
                && other.configuration().source() instanceof Source.Git then
                && then.url().equals(source.url())
                && then.dockerfile().equals(source.dockerfile())
                && then.contextDir().equals(source.contextDir())
                && other.variables().build().equals(wanted.variables().build());
    }

    private static List<Release.Value> values(List<Variable> variables, Predicate<Variable.Availability> available) {
        return variables.stream()
                .filter(variable -> available.test(variable.availability()))
                .sorted(Comparator.comparing(variable -> variable.name().value()))
                .map(variable ->
                        new Release.Value(variable.name(), variable.value(), variable.kind() == Variable.Kind.SECRET))
                .toList();
    }
}
