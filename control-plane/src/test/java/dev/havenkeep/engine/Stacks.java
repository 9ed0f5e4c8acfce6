package dev.havenkeep.engine;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stacks to plan with. */
final class Stacks {

    static final String INSTALLATION = "00000000-0000-7000-8000-00000000aaaa";

    private Stacks() {}

    /** Always the same owner, for golden tests. */
    static Owner owner() {
        return new Owner(
                INSTALLATION,
                new TeamId("01900000-0000-7000-8000-000000000001"),
                new ProjectId("01900000-0000-7000-8000-000000000002"),
                new EnvironmentId("01900000-0000-7000-8000-0000000000e3"),
                new ApplicationId("01900000-0000-7000-8000-0000000000a4"),
                "shop");
    }

    /** An owner that nobody else has, for tests with a real engine. */
    static Owner freshOwner() {
        return new Owner(
                UUID.randomUUID().toString(),
                new TeamId(UUID.randomUUID().toString()),
                new ProjectId(UUID.randomUUID().toString()),
                new EnvironmentId(UUID.randomUUID().toString()),
                new ApplicationId(UUID.randomUUID().toString()),
                "test");
    }

    static Revision revision(long number) {
        return new Revision(number, "deployment-" + number, "release-" + number);
    }

    static Stack.Settings settings(Owner owner, Map<String, String> environment) {
        Map<String, Secret> secrets = new java.util.TreeMap<>();
        environment.forEach((name, value) -> secrets.put(name, Secret.of(value)));
        return new Stack.Settings(
                null,
                secrets,
                Resources.UNLIMITED,
                List.of(),
                List.of(new ContainerSpec.Attachment(Names.network(owner.environment()), List.of("web"))),
                null,
                Duration.ofSeconds(5),
                "");
    }

    static Stack.Service service(
            Owner owner, String name, String image, int replicas, Stack.Strategy strategy, String setting) {
        return new Stack.Service(
                name,
                ImageReference.parse(image),
                replicas,
                3000,
                settings(owner, Map.of("SETTING", setting)),
                strategy);
    }

    static Stack stack(Owner owner, Stack.Service... services) {
        return new Stack(
                owner,
                List.of(services),
                List.of(new NetworkSpec(Names.network(owner.environment()), false, Labels.ofEnvironment(owner))),
                List.of(new VolumeSpec(Names.volume(owner.application(), "data"), Labels.of(owner))));
    }

    /** What runs after all steps of a plan on an empty server. */
    static Observed running(Stack stack, Revision revision) {
        Plan plan = Planner.plan(stack, nothing(), revision);
        return new Observed(
                plan.steps().stream()
                        .flatMap(step -> step instanceof Step.CreateContainer create
                                ? java.util.stream.Stream.of(container(create.container(), Container.Status.RUNNING))
                                : java.util.stream.Stream.empty())
                        .toList(),
                stack.networks().stream().map(NetworkSpec::name).collect(java.util.stream.Collectors.toSet()),
                stack.volumes().stream().map(VolumeSpec::name).collect(java.util.stream.Collectors.toSet()));
    }

    static Observed nothing() {
        return new Observed(List.of(), java.util.Set.of(), java.util.Set.of());
    }

    static ContainerSummary container(ContainerSpec spec, Container.Status status) {
        return new ContainerSummary(
                new ContainerId(UUID.randomUUID().toString().replace("-", "")),
                spec.name(),
                "sha256:" + "0".repeat(64),
                spec.labels(),
                status,
                status.name(),
                Instant.EPOCH,
                Map.of());
    }

    static Observed with(Observed observed, Container.Status status) {
        return new Observed(
                observed.containers().stream().map(each -> with(each, status)).toList(),
                observed.networks(),
                observed.volumes());
    }

    private static ContainerSummary with(ContainerSummary each, Container.Status status) {
        return new ContainerSummary(
                each.id(),
                each.name(),
                each.imageId(),
                each.labels(),
                status,
                status.name(),
                each.createdAt(),
                each.networks());
    }

    static @Nullable String hash(ContainerSpec spec) {
        return spec.labels().get(Labels.CONFIG_HASH);
    }
}
