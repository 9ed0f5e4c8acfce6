package dev.havenkeep.deployments;

import dev.havenkeep.engine.Container;
import dev.havenkeep.engine.ContainerId;
import dev.havenkeep.engine.ContainerName;
import dev.havenkeep.engine.ContainerSummary;
import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.LogLine;
import dev.havenkeep.engine.LogOptions;
import dev.havenkeep.engine.LogStream;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** The containers that deployments run: which belong to which, where they answer, what they printed. */
@Component
class Replicas {

    private static final int LONGEST_LINE = 500;
    private static final String CUT = " […line cut]";

    private final Stacks stacks;

    Replicas(Stacks stacks) {
        this.stacks = stacks;
    }

    /** The names of the containers that the attempt's deployment makes. */
    List<ContainerName> names(Attempt attempt) {
        return IntStream.rangeClosed(1, attempt.configuration().running().replicas())
                .mapToObj(replica -> stacks.container(attempt, replica))
                .toList();
    }

    /** All containers that serve an application or did, running or not. */
    List<ContainerSummary> of(Docker docker, ApplicationId application) {
        return docker.containers().list(stacks.replicasOf(application));
    }

    /** Those that one deployment made. */
    List<ContainerSummary> of(Docker docker, ApplicationId application, DeploymentId deployment) {
        return of(docker, application).stream()
                .filter(container -> deployment(container).equals(deployment.value()))
                .toList();
    }

    /** Which deployment made a container: the text of its id, empty for a container of another kind. */
    String deployment(ContainerSummary container) {
        return container.label(dev.havenkeep.engine.Labels.DEPLOYMENT);
    }

    /** Where a container answers in its environment's network; empty while it does not run. */
    Optional<String> address(Attempt attempt, Container container) {
        return container.addressIn(stacks.network(attempt.application()));
    }

    /** The last lines that a container printed, without secrets and cut; empty when they cannot be read. */
    List<String> lastLines(Attempt attempt, ContainerId container, int count) {
        List<String> lines = new ArrayList<>();
        try (LogStream log = attempt.docker().containers().logs(container, LogOptions.tail(count))) {
            LogLine line;
            while ((line = log.next()) != null) {
                String masked = attempt.masks().apply(line.text());
                lines.add(masked.length() > LONGEST_LINE ? masked.substring(0, LONGEST_LINE) + CUT : masked);
            }
        } catch (ProblemException e) {
            attempt.log()
                    .say(Step.CHECKING, "Its log cannot be read: " + e.problem().detail());
        }
        return lines;
    }
}
