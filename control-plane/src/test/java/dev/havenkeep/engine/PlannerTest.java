package dev.havenkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private final Owner owner = Stacks.owner();

    @Test
    void firstDeploymentMakesEverything() {
        assertThat(plan(stack(web(2, "a")), Stacks.nothing(), 1).describe())
                .containsExactly(
                        "create network haven-0000000000e3",
                        "create volume haven-0000000000a4-data",
                        "create container shop-000000a4-1-1 of nginx:1",
                        "create container shop-000000a4-1-2 of nginx:1",
                        "start container shop-000000a4-1-1",
                        "start container shop-000000a4-1-2");
    }

    @Test
    void unchangedServiceIsKept() {
        Stack stack = stack(web(2, "a"));
        Plan plan = plan(stack, Stacks.running(stack, Stacks.revision(1)), 2);
        assertThat(plan.describe())
                .containsExactly(
                        "keep container shop-000000a4-1-1, which is as it should be",
                        "keep container shop-000000a4-1-2, which is as it should be");
        assertThat(plan.changesNothing()).isTrue();
        assertThat(plan.live("web"))
                .extracting(ContainerName::value)
                .containsExactly("shop-000000a4-1-1", "shop-000000a4-1-2");
    }

    @Test
    void changedServiceRunsBesideTheOldOneBeforeThatRetires() {
        Plan plan = plan(stack(web(1, "b")), running(stack(web(1, "a")), 1), 2);
        assertThat(plan.describe())
                .containsExactly(
                        "create container shop-000000a4-2-1 of nginx:1",
                        "start container shop-000000a4-2-1",
                        "stop container shop-000000a4-1-1",
                        "remove container shop-000000a4-1-1");
        assertThat(plan.in(Step.Phase.RETIRE)).hasSize(2);
        assertThat(describe(plan.undo())).containsExactly("remove container shop-000000a4-2-1");
    }

    @Test
    void exclusiveServiceStopsBeforeItsSuccessorStarts() {
        Stack before = stack(exclusive("a"));
        Plan plan = plan(stack(exclusive("b")), running(before, 1), 2);
        assertThat(plan.describe())
                .containsExactly(
                        "create container shop-000000a4-2-1 of nginx:1",
                        "stop container shop-000000a4-1-1 before its successor starts, since it cannot run twice",
                        "start container shop-000000a4-2-1",
                        "remove container shop-000000a4-1-1");
        assertThat(describe(plan.undo()))
                .containsExactly("remove container shop-000000a4-2-1", "start container shop-000000a4-1-1");
    }

    @Test
    void planMadeAgainAfterACrashGoesOn() {
        Stack before = stack(web(2, "a"));
        Stack after = stack(web(2, "b"));
        Observed old = running(before, 1);
        ContainerSpec first = after.replica(after.services().getFirst(), Stacks.revision(2), 1);
        List<ContainerSummary> half = new ArrayList<>(old.containers());
        half.add(Stacks.container(first, Container.Status.RUNNING));

        Plan plan = plan(after, new Observed(half, old.networks(), old.volumes()), 2);

        assertThat(plan.describe())
                .containsExactly(
                        "keep container shop-000000a4-2-1, which is as it should be",
                        "create container shop-000000a4-2-2 of nginx:1",
                        "start container shop-000000a4-2-2",
                        "stop container shop-000000a4-1-1",
                        "remove container shop-000000a4-1-1",
                        "stop container shop-000000a4-1-2",
                        "remove container shop-000000a4-1-2");
        assertThat(plan.live("web")).hasSize(2);
    }

    @Test
    void containerThatWasMadeButNotStartedIsStarted() {
        Stack stack = stack(web(1, "a"));
        Observed made = Stacks.with(Stacks.running(stack, Stacks.revision(1)), Container.Status.CREATED);
        assertThat(plan(stack, made, 1).describe())
                .containsExactly("create container shop-000000a4-1-1 of nginx:1", "start container shop-000000a4-1-1");
    }

    @Test
    void containerThatDoesNotRunIsReplaced() {
        Stack stack = stack(web(1, "a"));
        for (Container.Status status :
                List.of(Container.Status.EXITED, Container.Status.DEAD, Container.Status.CREATED)) {
            assertThat(plan(stack, Stacks.with(running(stack, 1), status), 2).describe())
                    .containsExactly(
                            "create container shop-000000a4-2-1 of nginx:1",
                            "start container shop-000000a4-2-1",
                            "remove container shop-000000a4-1-1");
        }
        assertThat(plan(stack, Stacks.with(running(stack, 1), Container.Status.RESTARTING), 2)
                        .describe())
                .contains("stop container shop-000000a4-1-1");
    }

    @Test
    void fewerReplicasRetireAndMoreAreAdded() {
        assertThat(plan(stack(web(1, "a")), running(stack(web(3, "a")), 1), 2).describe())
                .containsExactly(
                        "keep container shop-000000a4-1-1, which is as it should be",
                        "stop container shop-000000a4-1-2",
                        "remove container shop-000000a4-1-2",
                        "stop container shop-000000a4-1-3",
                        "remove container shop-000000a4-1-3");
        assertThat(plan(stack(web(3, "a")), running(stack(web(1, "a")), 1), 2).describe())
                .containsExactly(
                        "keep container shop-000000a4-1-1, which is as it should be",
                        "create container shop-000000a4-2-1 of nginx:1",
                        "create container shop-000000a4-2-2 of nginx:1",
                        "start container shop-000000a4-2-1",
                        "start container shop-000000a4-2-2");
    }

    @Test
    void stackOfManyServicesChangesOnlyWhatDiffers() {
        Stack.Service worker = Stacks.service(owner, "worker", "node:20", 1, Stack.Strategy.ROLLING, "w");
        Stack.Service cache = Stacks.service(owner, "cache", "valkey:8", 1, Stack.Strategy.ROLLING, "c");
        Observed before = running(stack(web(1, "a"), worker, cache), 1);

        assertThat(plan(stack(web(1, "b"), worker), before, 2).describe())
                .containsExactly(
                        "create container shop-000000a4-2-web-1 of nginx:1",
                        "keep container shop-000000a4-1-worker-1, which is as it should be",
                        "start container shop-000000a4-2-web-1",
                        "stop container shop-000000a4-1-cache-1",
                        "remove container shop-000000a4-1-cache-1",
                        "stop container shop-000000a4-1-web-1",
                        "remove container shop-000000a4-1-web-1");
    }

    @Test
    void stoppedApplicationHasNoContainers() {
        Plan plan = plan(stack(), running(stack(web(1, "a")), 1), 2);
        assertThat(plan.describe())
                .containsExactly("stop container shop-000000a4-1-1", "remove container shop-000000a4-1-1");
        assertThat(plan(stack(), Stacks.nothing(), 2).in(Step.Phase.START)).isEmpty();
    }

    @Test
    void anotherGenerationMeansOtherContainers() {
        Stack.Service service = web(1, "a");
        Stack.Settings old = service.settings();
        Stack.Service restarted = new Stack.Service(
                service.name(),
                service.image(),
                1,
                3000,
                new Stack.Settings(
                        old.command(),
                        old.environment(),
                        old.resources(),
                        old.mounts(),
                        old.networks(),
                        old.health(),
                        old.stopGrace(),
                        "again"),
                service.strategy());
        assertThat(plan(stack(restarted), running(stack(service), 1), 2).started())
                .hasSize(1);
    }

    @Test
    void everythingThatDefinesAContainerIsInItsHash() {
        Stack.Service base = web(1, "a");
        Stack.Settings settings = base.settings();
        List<Stack.Service> others = List.of(
                web(1, "b"),
                Stacks.service(owner, "web", "nginx:2", 1, Stack.Strategy.ROLLING, "a"),
                with(
                        base,
                        new Stack.Settings(
                                List.of("serve"),
                                settings.environment(),
                                settings.resources(),
                                settings.mounts(),
                                settings.networks(),
                                settings.health(),
                                settings.stopGrace(),
                                "")),
                with(
                        base,
                        new Stack.Settings(
                                null,
                                settings.environment(),
                                new Resources(1L, null),
                                settings.mounts(),
                                settings.networks(),
                                settings.health(),
                                settings.stopGrace(),
                                "")),
                with(
                        base,
                        new Stack.Settings(
                                null,
                                settings.environment(),
                                settings.resources(),
                                List.of(new Mount.Volume(new VolumeName("data"), "/data", false)),
                                settings.networks(),
                                settings.health(),
                                settings.stopGrace(),
                                "")),
                with(
                        base,
                        new Stack.Settings(
                                null,
                                settings.environment(),
                                settings.resources(),
                                settings.mounts(),
                                List.of(new ContainerSpec.Attachment(
                                        Names.network(owner.environment()), List.of("other"))),
                                settings.health(),
                                settings.stopGrace(),
                                "")));
        List<String> hashes = new ArrayList<>();
        hashes.add(hash(base));
        others.forEach(each -> hashes.add(hash(each)));
        assertThat(hashes).doesNotHaveDuplicates();
        assertThat(hash(web(5, "a"))).isEqualTo(hash(base));
    }

    private String hash(Stack.Service service) {
        return String.valueOf(Stacks.hash(stack(service).replica(service, Stacks.revision(1), 1)));
    }

    private static Stack.Service with(Stack.Service service, Stack.Settings settings) {
        return new Stack.Service(
                service.name(), service.image(), service.replicas(), service.port(), settings, service.strategy());
    }

    private Stack.Service web(int replicas, String setting) {
        return Stacks.service(owner, "web", "nginx:1", replicas, Stack.Strategy.ROLLING, setting);
    }

    private Stack.Service exclusive(String setting) {
        return Stacks.service(owner, "web", "nginx:1", 1, Stack.Strategy.RECREATE, setting);
    }

    private Stack stack(Stack.Service... services) {
        return Stacks.stack(owner, services);
    }

    private Observed running(Stack stack, long number) {
        return Stacks.running(stack, Stacks.revision(number));
    }

    private static Plan plan(Stack stack, Observed observed, long number) {
        return Planner.plan(stack, observed, Stacks.revision(number));
    }

    private static List<String> describe(List<Step> steps) {
        return steps.stream().map(Step::describe).toList();
    }
}
