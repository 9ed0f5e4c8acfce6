package dev.havenkeep.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How to come from what runs to what should run.
 *
 * @param steps in the order in which they are done
 */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** The steps of a phase, in their order. */
    public List<Step> in(Step.Phase phase) {
        return steps.stream().filter(step -> step.phase() == phase).toList();
    }

    /** Whether all is as it should be already. */
    public boolean changesNothing() {
        return steps.stream().allMatch(step -> step instanceof Step.KeepContainer);
    }

    /** The containers of a service that will be there when all is done: kept ones and new ones. */
    public Set<ContainerName> live(String service) {
        Set<ContainerName> names = names();
        for (Step step : steps) {
            switch (step) {
                case Step.KeepContainer(String of, ContainerName name) when of.equals(service) -> names.add(name);
                case Step.StartContainer(String of, ContainerName name) when of.equals(service) -> names.add(name);
                case Step.KeepContainer ignored -> {}
                case Step.StartContainer ignored -> {}
                case Step.CreateNetwork ignored -> {}
                case Step.CreateVolume ignored -> {}
                case Step.CreateContainer ignored -> {}
                case Step.StopContainer ignored -> {}
                case Step.RemoveContainer ignored -> {}
            }
        }
        return names;
    }

    /** The containers that are started new. */
    public Set<ContainerName> started() {
        Set<ContainerName> names = names();
        for (Step step : steps) {
            if (step instanceof Step.StartContainer start) {
                names.add(start.container());
            }
        }
        return names;
    }

    /** The containers that go. */
    public Set<ContainerName> retired() {
        Set<ContainerName> names = names();
        for (Step step : steps) {
            if (step instanceof Step.RemoveContainer remove) {
                names.add(remove.container());
            }
        }
        return names;
    }

    /**
     * What takes back the phases before {@link Step.Phase#RETIRE}, however far they came: new containers go, and old
     * ones that were stopped for them start again. Networks and volumes stay.
     */
    public List<Step> undo() {
        List<Step> undo = new ArrayList<>();
        Map<ContainerName, String> fresh = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step instanceof Step.CreateContainer create) {
                fresh.put(create.container().name(), create.service());
            }
        }
        fresh.forEach((name, service) -> undo.add(new Step.RemoveContainer(service, name)));
        for (Step step : steps) {
            if (step instanceof Step.StopContainer stop && stop.phase() == Step.Phase.START) {
                undo.add(new Step.StartContainer(stop.service(), stop.container()));
            }
        }
        return List.copyOf(undo);
    }

    /** One line per step, as a dry run shows them. */
    public List<String> describe() {
        return steps.isEmpty()
                ? List.of("nothing to do")
                : steps.stream().map(Step::describe).toList();
    }

    private static Set<ContainerName> names() {
        return new TreeSet<>(java.util.Comparator.comparing(ContainerName::value));
    }
}
