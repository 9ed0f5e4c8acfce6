package dev.havenkeep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.havenkeep.engine.Orphans.Owned;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.servers.TestLinks;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stacks of several services on a real engine: made, made again, changed, failed, taken back, and told from others'. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecutorTest {

    private static final ServerId SERVER = TestLinks.LOCAL;
    private static final String IMAGE = "alpine:3.22";
    private static final List<String> FOREVER = List.of("sleep", "3600");

    private final Owner owner = Stacks.freshOwner();
    private final NetworkName front = Names.network(owner.environment());
    private final NetworkName back = new NetworkName(front + "-back");
    private final VolumeName data = Names.volume(owner.application(), "data");
    private final String stranger = UUID.randomUUID().toString();
    private final Engines engines = new Engines(TestLinks.local());
    private final Docker docker = engines.of(SERVER);
    private final Installation installation = new Installation(owner.installation());
    private final Executor executor = new Executor(engines, installation);

    @BeforeEach
    void fetchImage() {
        ImageReference image = ImageReference.parse(IMAGE);
        if (docker.images().inspect(image).isEmpty()) {
            try (Pull pull = docker.images().pull(image, null)) {
                pull.await(progress -> {});
            }
        }
    }

    @AfterEach
    void removeWhatThisTestMade() {
        for (String each : List.of(owner.installation(), stranger)) {
            Map<String, String> made = Map.of(Labels.INSTALLATION, each);
            docker.containers().list(made).forEach(one -> docker.containers().remove(one.id()));
            docker.networks().list(made).forEach(one -> docker.networks().remove(one.name()));
            docker.volumes().list(made).forEach(one -> docker.volumes().remove(one.name()));
            docker.images().list(made).forEach(one -> docker.images().remove(one.reference()));
        }
        engines.close();
    }

    @Test
    void stackComesUpInTheOrderOfItsServicesAndDoingItAgainChangesNothing() {
        Stack stack = stack(database("one"), web("one"), worker("one"));
        Plan plan = plan(stack, 1);

        executor.execute(SERVER, plan.steps());

        assertThat(started()).containsExactly("database", "web", "worker");
        assertThat(run("web", "nslookup", "database")).contains("Address");
        assertThat(run("database", "sh", "-c", "echo kept >/data/file && cat /data/file"))
                .isEqualTo("kept\n");
        Map<String, ContainerId> first = running();
        assertThat(plan(stack, 2).changesNothing()).isTrue();
        executor.execute(SERVER, plan.steps());
        assertThat(running()).isEqualTo(first);
    }

    @Test
    void onlyTheServiceThatChangedIsReplacedAndTheOneThatIsGoneGoes() {
        executor.execute(
                SERVER,
                plan(stack(database("one"), web("one"), worker("one")), 1).steps());
        run("database", "sh", "-c", "echo kept >/data/file");
        Map<String, ContainerId> before = running();

        executor.execute(SERVER, plan(stack(database("one"), web("two")), 2).steps());

        Map<String, ContainerId> after = running();
        assertThat(after).containsOnlyKeys("database", "web").containsEntry("database", before.get("database"));
        assertThat(after.get("web")).isNotEqualTo(before.get("web"));
        assertThat(run("web", "sh", "-c", "echo $SETTING")).isEqualTo("two\n");
        executor.execute(SERVER, plan(stack(database("two"), web("two")), 3).steps());
        assertThat(run("database", "cat", "/data/file")).isEqualTo("kept\n");
        assertThat(docker.containers().list(ours())).hasSize(2);
    }

    @Test
    void planThatFailsHalfWayIsTakenBackAndWhatRanRunsOn() {
        executor.execute(
                SERVER,
                plan(stack(database("one"), web("one"), worker("one")), 1).steps());
        Map<String, ContainerId> before = running();
        List<Mount> overAFile = List.of(new Mount.Memory("/etc/passwd", 1 << 20));
        Stack.Service broken = service("worker", Stack.Strategy.ROLLING, "two", FOREVER, overAFile, List.of());
        Plan plan = plan(stack(database("two"), web("two"), broken), 2);

        // The database cannot run twice: its old container has stopped by the time the worker fails.
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> executor.execute(SERVER, plan.steps()));
        assertThat(running()).doesNotContainValue(before.get("database"));
        executor.execute(SERVER, plan.undo());

        assertThat(running()).isEqualTo(before);
        assertThat(docker.containers().list(ours())).hasSize(3);
        executor.execute(SERVER, plan.undo());
        assertThat(running()).isEqualTo(before);
    }

    @Test
    void planMadeAnewAfterACrashAtAnyStepComesToTheSameEnd() {
        Stack stack = stack(database("one"), web("one"));
        executor.execute(SERVER, plan(stack(), 1).steps());
        int steps = plan(stack, 1).steps().size();
        for (int done = 0; done <= steps; done++) {
            executor.execute(SERVER, plan(stack, 1).steps().subList(0, done));

            executor.execute(SERVER, plan(stack, 1).steps());

            assertThat(running()).as("after %s steps", done).containsOnlyKeys("database", "web");
            assertThat(plan(stack, 1).changesNothing()).isTrue();
            executor.execute(SERVER, plan(stack(), 2).steps());
            assertThat(docker.containers().list(ours())).isEmpty();
        }
    }

    @Test
    void containerWhoseMakingWasCutShortJoinsTheRestOfItsNetworks() {
        Stack stack = stack(database("one"), web("one"));
        Plan plan = plan(stack, 1);
        executor.execute(SERVER, plan.in(Step.Phase.PREPARE));
        ContainerName web = plan.live("web").iterator().next();
        docker.networks().disconnect(back, web);

        executor.execute(SERVER, plan(stack, 1).steps());

        assertThat(docker.containers().inspect(web).orElseThrow().networks()).containsOnlyKeys(front, back);
        assertThat(run("web", "nslookup", "database")).contains("Address");
    }

    @Test
    void whatSomebodyElseMadeUnderAPlannedNameIsRefusedAndLeftAlone() {
        Stack stack = stack(database("one"), web("one"));
        Map<String, String> theirs = Map.of(Labels.INSTALLATION, stranger);
        docker.networks().create(new NetworkSpec(back, false, theirs));
        refused(() -> executor.execute(SERVER, plan(stack, 1).steps()));
        assertThat(docker.networks().remove(back)).isEqualTo(Change.DONE);
        docker.volumes().create(new VolumeSpec(data, theirs));
        refused(() -> executor.execute(SERVER, plan(stack, 1).steps()));
        assertThat(docker.volumes().remove(data)).isEqualTo(Change.DONE);

        ContainerName name = plan(stack, 1).live("web").iterator().next();
        ContainerId id = container(name, theirs);
        refused(() -> executor.execute(SERVER, plan(stack, 1).steps()));
        refused(() -> executor.execute(
                SERVER, new Step.StopContainer("web", name, Duration.ofSeconds(1), Step.Phase.RETIRE)));
        refused(() -> executor.execute(SERVER, new Step.RemoveContainer("web", name)));
        refused(() -> executor.execute(SERVER, new Step.StartContainer("web", name)));

        assertThat(docker.containers().inspect(name))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(id));
    }

    @Test
    void orphansAreFoundAmongOurOwnThingsOnly() {
        Orphans orphans = new Orphans(engines, installation);
        String unique = front + "-" + stranger.substring(0, 8);
        for (Map<String, String> labels : List.of(
                Map.of(Labels.INSTALLATION, owner.installation(), Labels.APPLICATION, "kept"),
                Map.of(Labels.INSTALLATION, owner.installation(), Labels.APPLICATION, "gone"),
                Map.of(Labels.INSTALLATION, stranger, Labels.APPLICATION, "gone"))) {
            String name = unique + "-" + labels.hashCode();
            container(new ContainerName(name), labels);
            docker.networks().create(new NetworkSpec(new NetworkName(name), false, labels));
            docker.volumes().create(new VolumeSpec(new VolumeName(name), labels));
            image(name, labels);
        }

        List<Owned> found =
                orphans.find(SERVER, owned -> "kept".equals(owned.labels().get(Labels.APPLICATION)));

        assertThat(orphans.all(SERVER)).hasSize(8);
        assertThat(found)
                .hasSize(4)
                .allSatisfy(owned -> assertThat(owned.labels())
                        .containsEntry(Labels.INSTALLATION, owner.installation())
                        .containsEntry(Labels.APPLICATION, "gone"))
                .extracting(Object::getClass)
                .doesNotHaveDuplicates();
    }

    private Stack stack(Stack.Service... services) {
        return new Stack(
                owner,
                List.of(services),
                List.of(
                        new NetworkSpec(front, false, Labels.ofEnvironment(owner)),
                        new NetworkSpec(back, true, Labels.ofEnvironment(owner))),
                List.of(new VolumeSpec(data, Labels.of(owner))));
    }

    private Stack.Service database(String setting) {
        return service(
                "database",
                Stack.Strategy.RECREATE,
                setting,
                FOREVER,
                List.of(new Mount.Volume(data, "/data", false)),
                List.of(new ContainerSpec.Attachment(back, List.of("database"))));
    }

    private Stack.Service web(String setting) {
        return service(
                "web",
                Stack.Strategy.ROLLING,
                setting,
                FOREVER,
                List.of(),
                List.of(
                        new ContainerSpec.Attachment(front, List.of("web")),
                        new ContainerSpec.Attachment(back, List.of("web"))));
    }

    private Stack.Service worker(String setting) {
        return service("worker", Stack.Strategy.ROLLING, setting, FOREVER, List.of(), List.of());
    }

    private static Stack.Service service(
            String name,
            Stack.Strategy strategy,
            String setting,
            List<String> command,
            List<Mount> mounts,
            List<ContainerSpec.Attachment> networks) {
        return new Stack.Service(
                name,
                ImageReference.parse(IMAGE),
                1,
                null,
                new Stack.Settings(
                        command,
                        Map.of("SETTING", Secret.of(setting)),
                        Resources.UNLIMITED,
                        mounts,
                        networks,
                        null,
                        Duration.ofSeconds(5),
                        ""),
                strategy);
    }

    private Plan plan(Stack stack, long number) {
        return Planner.plan(stack, executor.observe(SERVER, stack), Stacks.revision(number));
    }

    private Map<String, String> ours() {
        return Map.of(Labels.INSTALLATION, owner.installation());
    }

    /** The running containers by their service. */
    private Map<String, ContainerId> running() {
        return docker.containers().list(ours()).stream()
                .filter(ContainerSummary::running)
                .collect(Collectors.toMap(
                        each -> each.label(Labels.SERVICE), ContainerSummary::id, (one, other) -> one, TreeMap::new));
    }

    /** The services in the order in which their containers were started. */
    private List<String> started() {
        Map<java.time.Instant, String> byStart = new TreeMap<>();
        running()
                .forEach((service, id) -> byStart.put(
                        java.util.Objects.requireNonNull(docker.containers()
                                .inspect(id)
                                .orElseThrow()
                                .state()
                                .startedAt()),
                        service));
        return List.copyOf(byStart.values());
    }

    private String run(String service, String... command) {
        ContainerId id = java.util.Objects.requireNonNull(running().get(service));
        List<byte[]> output = new ArrayList<>();
        try (Execution execution = docker.containers().exec(id, ExecSpec.of(Duration.ofSeconds(60), command))) {
            Execution.Event event;
            while ((event = execution.next()) instanceof Execution.Event.Output piece) {
                output.add(piece.bytes());
            }
            assertThat(event).isEqualTo(new Execution.Event.Exited(0));
        }
        return output.stream().map(String::new).collect(Collectors.joining());
    }

    private ContainerId container(ContainerName name, Map<String, String> labels) {
        Containers.Created made = docker.containers()
                .create(ContainerSpec.of(name, ImageReference.parse(IMAGE))
                        .labels(labels)
                        .command(FOREVER)
                        .build());
        return ((Containers.Created.Fresh) made).id();
    }

    private void image(String name, Map<String, String> labels) {
        byte[] emptyArchive = new byte[1024];
        docker.images()
                .importArchive(
                        new ByteArrayInputStream(emptyArchive),
                        ImageReference.parse("havenkeep-test/" + name),
                        labels.entrySet().stream()
                                .map(label -> "LABEL " + label.getKey() + "=" + label.getValue())
                                .toList());
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(refusal -> assertThat(refusal.problem().code()).isEqualTo("not-ours"));
    }
}
