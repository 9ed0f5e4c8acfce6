package dev.havenkeep.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what should run with what runs. It looks at nothing else and does nothing, so that the same question always
 * has the same answer, before a deployment and when one goes on after a crash.
 */
public final class Planner {

    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private Planner() {}

    /**
     * Plans the way from what runs to what should run. A running container with the hash that it should have is kept,
     * whichever deployment made it; so a plan that is made again half-way goes on from there.
     *
     * @param revision names and labels the new containers
     */
    public static Plan plan(Stack desired, Observed running, Revision revision) {
        List<Step> prepare = new ArrayList<>();
        List<Step> start = new ArrayList<>();
        List<Step> retire = new ArrayList<>();
        desired.networks().stream()
                .filter(network -> !running.networks().contains(network.name()))
                .forEach(network -> prepare.add(new Step.CreateNetwork(network)));
        desired.volumes().stream()
                .filter(volume -> !running.volumes().contains(volume.name()))
                .forEach(volume -> prepare.add(new Step.CreateVolume(volume)));

        Set<ContainerName> staying = new HashSet<>();
        for (Stack.Service service : desired.services()) {
            List<ContainerSpec> fresh = new ArrayList<>();
            List<ContainerName> kept = kept(desired, service, running, revision);
            kept.forEach(name -> prepare.add(new Step.KeepContainer(service.name(), name)));
            staying.addAll(kept);
            for (int replica = 1; kept.size() + fresh.size() < service.replicas(); replica++) {
                ContainerSpec spec = desired.replica(service, revision, replica);
                if (staying.add(spec.name())) {
                    fresh.add(spec);
                }
            }
            fresh.forEach(spec -> prepare.add(new Step.CreateContainer(service.name(), spec)));
            if (service.strategy() == Stack.Strategy.RECREATE && !fresh.isEmpty()) {
                running.containers().stream()
                        .filter(each -> each.label(Labels.SERVICE).equals(service.name()))
                        .filter(each -> !staying.contains(each.name()) && mayRun(each))
                        .sorted(Comparator.comparing(each -> each.name().value()))
                        .forEach(each -> start.add(
                                new Step.StopContainer(service.name(), each.name(), graceOf(each), Step.Phase.START)));
            }
            fresh.forEach(spec -> start.add(new Step.StartContainer(service.name(), spec.name())));
        }

        running.containers().stream()
                .filter(each -> !staying.contains(each.name()))
                .sorted(Comparator.comparing(each -> each.name().value()))
                .forEach(each -> {
                    String service = each.label(Labels.SERVICE);
                    boolean stopped = start.stream()
                            .anyMatch(step -> step instanceof Step.StopContainer stop
                                    && stop.container().equals(each.name()));
                    if (mayRun(each) && !stopped) {
                        retire.add(new Step.StopContainer(service, each.name(), graceOf(each), Step.Phase.RETIRE));
                    }
                    retire.add(new Step.RemoveContainer(service, each.name()));
                });

        List<Step> steps = new ArrayList<>(prepare);
        steps.addAll(start);
        steps.addAll(retire);
        return new Plan(steps);
    }

    /** The newest containers that are as they should be, at most as many as there should be. */
    private static List<ContainerName> kept(Stack desired, Stack.Service service, Observed running, Revision revision) {
        String hash = desired.replica(service, revision, 1).labels().getOrDefault(Labels.CONFIG_HASH, "");
        return running.containers().stream()
                .filter(ContainerSummary::running)
                .filter(each -> each.label(Labels.SERVICE).equals(service.name()))
                .filter(each -> each.label(Labels.CONFIG_HASH).equals(hash))
                .sorted(Comparator.comparing(ContainerSummary::createdAt)
                        .reversed()
                        .thenComparing(each -> each.name().value()))
                .limit(service.replicas())
                .map(ContainerSummary::name)
                .sorted(Comparator.comparing(ContainerName::value))
                .toList();
    }

    /** The grace that the container was made with. */
    private static Duration graceOf(ContainerSummary container) {
        String label = container.label(Labels.STOP_GRACE);
        return label.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(label)) : DEFAULT_GRACE;
    }

    private static boolean mayRun(ContainerSummary container) {
        return switch (container.status()) {
            case RUNNING, PAUSED, RESTARTING, UNKNOWN -> true;
            case CREATED, REMOVING, EXITED, DEAD -> false;
        };
    }
}
