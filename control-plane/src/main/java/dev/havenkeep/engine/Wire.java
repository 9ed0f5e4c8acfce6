package dev.havenkeep.engine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The engine's answers as they are on the wire: of each, the members that we use. */
final class Wire {

    private Wire() {}

    record Created(@JsonProperty("Id") String id) {}

    record Info(
            @JsonProperty("ID") String id,
            String name,
            String operatingSystem,
            @JsonProperty("NCPU") int ncpu,
            long memTotal,
            String driver,
            String dockerRootDir,
            int containers,
            int containersRunning,
            int images) {}

    record Usage(
            long layersSize,
            @Nullable List<UsedContainer> containers,
            @Nullable List<UsedVolume> volumes,
            @Nullable List<UsedCache> buildCache) {

        Docker.DiskUsage toDiskUsage() {
            return new Docker.DiskUsage(
                    layersSize,
                    orEmpty(containers).stream()
                            .mapToLong(UsedContainer::sizeRw)
                            .sum(),
                    orEmpty(volumes).stream()
                            .map(UsedVolume::usageData)
                            .mapToLong(data -> data == null ? 0 : Math.max(data.size(), 0))
                            .sum(),
                    orEmpty(buildCache).stream().mapToLong(UsedCache::size).sum());
        }
    }

    record UsedContainer(long sizeRw) {}

    record UsedVolume(@Nullable VolumeUse usageData) {}

    record VolumeUse(long size, long refCount) {}

    record UsedCache(long size) {}

    record ContainerInspection(
            String id,
            String name,
            String image,
            State state,
            Config config,
            int restartCount,
            @Nullable NetworkSettings networkSettings) {

        Container toContainer() {
            return new Container(
                    new ContainerId(id),
                    new ContainerName(name.substring(name.startsWith("/") ? 1 : 0)),
                    image,
                    config.image(),
                    orEmpty(config.labels()),
                    state.toState(),
                    restartCount,
                    addresses(networkSettings),
                    config.tty());
        }
    }

    record Config(@Nullable Map<String, String> labels, String image, boolean tty) {}

    record State(
            String status,
            int exitCode,
            @JsonProperty("OOMKilled") boolean oomKilled,
            @Nullable String error,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            @Nullable Health health) {

        Container.State toState() {
            return new Container.State(
                    toStatus(status),
                    exitCode,
                    oomKilled,
                    error == null ? "" : error,
                    instant(startedAt),
                    instant(finishedAt),
                    health == null ? Container.Health.NONE : health.toHealth(),
                    health == null ? "" : health.lastOutput());
        }
    }

    record Health(String status, @Nullable List<HealthProbe> log) {
        Container.Health toHealth() {
            return switch (status) {
                case "starting" -> Container.Health.STARTING;
                case "healthy" -> Container.Health.HEALTHY;
                case "unhealthy" -> Container.Health.UNHEALTHY;
                default -> Container.Health.NONE;
            };
        }

        String lastOutput() {
            return log == null || log.isEmpty() ? "" : log.getLast().output();
        }
    }

    record HealthProbe(int exitCode, String output) {}

    record NetworkSettings(@Nullable Map<String, Endpoint> networks) {}

    record Endpoint(
            @Nullable @JsonProperty("IPAddress") String address,
            @Nullable List<String> aliases) {}

    record ContainerListed(
            String id,
            List<String> names,
            @JsonProperty("ImageID") String imageId,
            @Nullable Map<String, String> labels,
            String state,
            String status,
            long created,
            @Nullable NetworkSettings networkSettings) {

        ContainerSummary toSummary() {
            // A container that is linked to has further names with more than one slash.
            String name = names.stream()
                    .filter(each -> each.lastIndexOf('/') == 0)
                    .findFirst()
                    .orElse("/" + id);
            return new ContainerSummary(
                    new ContainerId(id),
                    new ContainerName(name.substring(1)),
                    imageId,
                    orEmpty(labels),
                    toStatus(state),
                    status,
                    Instant.ofEpochSecond(created),
                    addresses(networkSettings));
        }
    }

    record Waited(int statusCode, @Nullable WaitError error) {}

    record WaitError(String message) {}

    record ImageInspection(
            String id,
            @Nullable List<String> repoTags,
            @Nullable List<String> repoDigests,
            long size,
            @Nullable ImageConfig config) {

        Image toImage() {
            ImageConfig settings = config == null ? new ImageConfig(null, null, null, null) : config;
            return new Image(
                    id,
                    orEmpty(repoTags),
                    orEmpty(repoDigests),
                    size,
                    orEmpty(settings.labels()),
                    orEmpty(settings.exposedPorts()).keySet().stream().sorted().toList(),
                    settings.healthcheck() != null,
                    settings.user() == null ? "" : settings.user());
        }
    }

    record ImageConfig(
            @Nullable Map<String, String> labels,
            @Nullable Map<String, Object> exposedPorts,
            @Nullable Map<String, Object> healthcheck,
            @Nullable String user) {}

    record ImageListed(
            String id,
            @Nullable List<String> repoTags,
            @Nullable Map<String, String> labels,
            long size,
            long created) {

        ImageSummary toSummary() {
            return new ImageSummary(
                    id,
                    orEmpty(repoTags).stream()
                            .filter(tag -> !tag.equals("<none>:<none>"))
                            .toList(),
                    orEmpty(labels),
                    size,
                    Instant.ofEpochSecond(created));
        }
    }

    record NetworkInspection(
            String id,
            String name,
            String driver,
            boolean internal,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, Object> containers) {

        /** What joins or leaves the network right now is there as {@code ep-…}, which is no container's id. */
        Network toNetwork() {
            return new Network(
                    id,
                    new NetworkName(name),
                    driver,
                    internal,
                    orEmpty(labels),
                    orEmpty(containers).keySet().stream()
                            .filter(key -> !key.startsWith("ep-"))
                            .map(ContainerId::new)
                            .toList());
        }
    }

    record VolumeList(@Nullable List<VolumeListed> volumes) {}

    record VolumeListed(
            String name, String driver, @Nullable Map<String, String> labels) {
        Volume toVolume() {
            return new Volume(new VolumeName(name), driver, orEmpty(labels));
        }
    }

    record ExecInspection(boolean running, @Nullable Integer exitCode) {}

    record PullMessage(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("error") @Nullable String error,
            @JsonProperty("progressDetail") @Nullable PullDetail detail) {}

    record PullDetail(
            @JsonProperty("current") long current,
            @JsonProperty("total") long total) {}

    record EventMessage(
            @JsonProperty("Type") String type,
            @JsonProperty("Action") String action,
            @JsonProperty("Actor") EventActor actor,
            @JsonProperty("timeNano") long timeNano) {}

    record EventActor(
            @JsonProperty("ID") @Nullable String id,
            @Nullable Map<String, String> attributes) {}

    record Statistics(
            @JsonProperty("cpu_stats") CpuStatistics cpu,
            @JsonProperty("memory_stats") MemoryStatistics memory,
            @JsonProperty("networks") @Nullable Map<String, NetworkStatistics> networks) {}

    record CpuStatistics(@JsonProperty("cpu_usage") CpuUse use) {}

    record CpuUse(@JsonProperty("total_usage") long totalNanos) {}

    record MemoryStatistics(
            @JsonProperty("usage") long usage,
            @JsonProperty("limit") long limit,
            @JsonProperty("stats") @Nullable Map<String, Long> stats) {}

    record NetworkStatistics(
            @JsonProperty("rx_bytes") long received,
            @JsonProperty("tx_bytes") long sent) {}

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    private static Map<NetworkName, Container.Endpoint> addresses(@Nullable NetworkSettings settings) {
        Map<String, Endpoint> networks = settings == null ? Map.of() : orEmpty(settings.networks());
        Map<NetworkName, Container.Endpoint> endpoints =
                new TreeMap<>(java.util.Comparator.comparing(NetworkName::value));
        networks.forEach((name, endpoint) -> endpoints.put(
                new NetworkName(name),
                new Container.Endpoint(
                        endpoint.address() == null ? "" : endpoint.address(), orEmpty(endpoint.aliases()))));
        return endpoints;
    }

    private static Container.Status toStatus(String text) {
        try {
            return Container.Status.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Container.Status.UNKNOWN;
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null || text.isEmpty() || text.startsWith("0001-01-01")) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw EngineProblems.garbled(e);
        }
    }
}
