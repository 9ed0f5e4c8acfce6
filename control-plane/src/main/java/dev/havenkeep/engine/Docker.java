package dev.havenkeep.engine;

import dev.havenkeep.servers.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of one server's Docker Engine (API 1.41, which is Docker 20.10, to 1.44 and later). Safe for use by several
 * threads. What the caller must expect, such as a container that is absent, is in the result; all else is a {@link
 * dev.havenkeep.kernel.ProblemException}: {@code server-unreachable}, {@code engine-unreachable}, {@code
 * engine-timeout}, {@code engine-refused}, {@code image-not-found}, {@code image-access-denied}, {@code disk-full},
 * {@code port-in-use}. Every call has a deadline.
 */
public final class Docker {

    /** For calls that only look something up. */
    static final Duration QUICK = Duration.ofSeconds(20);
    /** For calls that make or change something, on a busy server. */
    static final Duration CHANGE = Duration.ofSeconds(90);

    private final EngineCalls calls;
    private final Containers containers;
    private final Images images;
    private final Networks networks;
    private final Volumes volumes;

    Docker(Link link, Deadlines deadlines) {
        this.calls = new EngineCalls(new EngineHttp(link, deadlines));
        this.containers = new Containers(calls, deadlines);
        this.images = new Images(calls);
        this.networks = new Networks(calls);
        this.volumes = new Volumes(calls);
    }

    /** The engine's version. */
    public record Version(String version, String apiVersion, String os, String arch, String kernelVersion) {}

    /**
     * What the engine says of its server.
     *
     * @param id the engine's own, which it keeps with its data
     * @param ncpu processors
     * @param memTotal bytes of memory
     * @param driver the storage driver
     */
    public record Info(
            String id,
            String name,
            String operatingSystem,
            int ncpu,
            long memTotal,
            String driver,
            String dockerRootDir,
            int containers,
            int containersRunning,
            int images) {}

    /** Bytes that the engine's images, containers, volumes and build cache take. */
    public record DiskUsage(long imagesBytes, long containersBytes, long volumesBytes, long buildCacheBytes) {}

    public Containers containers() {
        return containers;
    }

    public Images images() {
        return images;
    }

    public Networks networks() {
        return networks;
    }

    public Volumes volumes() {
        return volumes;
    }

    /** Whether the engine answers; a failure is a problem. */
    public void ping() {
        calls.success(calls.exchange(EngineRequest.get("/_ping"), QUICK));
    }

    public Version version() {
        return calls.get(EngineRequest.get("/version"), Version.class, QUICK);
    }

    public Info info() {
        Wire.Info info = calls.get(EngineRequest.get("/info"), Wire.Info.class, QUICK);
        return new Info(
                info.id(),
                info.name(),
                info.operatingSystem(),
                info.ncpu(),
                info.memTotal(),
                info.driver(),
                info.dockerRootDir(),
                info.containers(),
                info.containersRunning(),
                info.images());
    }

    /** What takes the disk's space; the engine may need long to add it up. */
    public DiskUsage diskUsage() {
        return calls.get(EngineRequest.get("/system/df"), Wire.Usage.class, Duration.ofMinutes(2))
                .toDiskUsage();
    }

    /**
     * Opens the stream of what happens to containers, networks, volumes and images.
     *
     * @param labels only for things with these labels
     * @param since also what happened since then; absent for now
     */
    public EngineEvents events(Map<String, String> labels, @Nullable Instant since) {
        return EngineEvents.open(calls, labels, since);
    }

    /** Closes the streams that lie idle. The client works on, with new ones. */
    void closeIdle() {
        calls.http().close();
    }
}
