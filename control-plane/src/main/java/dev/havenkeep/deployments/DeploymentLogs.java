package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Masks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The logs of deployments: one file each in the data folder, a JSON value per line, only ever appended to. A stream
 * goes on from a byte offset, and waits for more on the writer's signal.
 */
@Component
class DeploymentLogs {

    private final Path folder;
    private final Json json;
    private final InstantSource clock;
    private final ConcurrentHashMap<DeploymentId, Signal> signals = new ConcurrentHashMap<>();

    DeploymentLogs(HavenProperties properties, Json json, InstantSource clock) {
        this.folder = properties.dataDir().resolve("logs").resolve("deployments");
        this.json = json;
        this.clock = clock;
    }

    /** Tells readers that there is more. */
    static final class Signal {

        private long generation;
        private int users;

        synchronized void more() {
            generation++;
            notifyAll();
        }

        synchronized long generation() {
            return generation;
        }

        /** Waits until there is more than at the generation seen, or for the given time. */
        synchronized void await(long seen, long millis) throws InterruptedException {
            if (generation == seen) {
                wait(millis);
            }
        }
    }

    /** Opens a deployment's log for writing; one writer at a time. */
    DeploymentLog open(ApplicationId application, DeploymentId deployment, Masks masks) {
        try {
            Path file = file(application, deployment);
            Files.createDirectories(file.getParent());
            return new DeploymentLog(file, json, clock, masks, acquire(deployment), () -> release(deployment));
        } catch (IOException e) {
            throw new UncheckedIOException("The log of deployment " + deployment + " cannot be written", e);
        }
    }

    /** Opens a deployment's log for reading from an offset. */
    LogReader read(ApplicationId application, DeploymentId deployment, long offset) {
        return new LogReader(
                file(application, deployment), json, offset, acquire(deployment), () -> release(deployment));
    }

    /** How many bytes the logs of all deployments of an application have. */
    long bytes(ApplicationId application) {
        Path of = folder.resolve(application.value());
        if (!Files.isDirectory(of)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(of)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("The logs in " + of + " cannot be listed", e);
        }
    }

    /** Removes the logs of all deployments of an application. */
    void forget(ApplicationId application) {
        Path of = folder.resolve(application.value());
        if (!Files.isDirectory(of)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(of)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The logs in " + of + " cannot be listed", e);
        }
        for (Path path : deepestFirst) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException("The log " + path + " cannot be removed", e);
            }
        }
    }

    private Path file(ApplicationId application, DeploymentId deployment) {
        return folder.resolve(application.value()).resolve(deployment.value() + ".ndjson");
    }

    private Signal acquire(DeploymentId deployment) {
        return signals.compute(deployment, (id, known) -> {
            Signal signal = known == null ? new Signal() : known;
            signal.users++;
            return signal;
        });
    }

    private void release(DeploymentId deployment) {
        signals.computeIfPresent(deployment, (id, signal) -> --signal.users == 0 ? null : signal);
    }
}
