package dev.havenkeep.builds;

import dev.havenkeep.engine.Docker;
import dev.havenkeep.engine.Engines;
import dev.havenkeep.engine.Image;
import dev.havenkeep.engine.ImageReference;
import dev.havenkeep.kernel.Cancellation;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.servers.Command;
import dev.havenkeep.servers.Execution;
import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.Links;
import dev.havenkeep.servers.RemoteFile;
import dev.havenkeep.sources.BuildContext;
import dev.havenkeep.sources.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Builds images of commits, each on the server that will run it. */
@Component
public class Builds {

    private static final Logger LOG = LoggerFactory.getLogger(Builds.class);
    private static final Duration PREPARATION = Duration.ofSeconds(30);
    private static final long PREPARED_NANOS = Duration.ofMinutes(10).toNanos();
    private static final String FOLDERS = "havenkeep-build";
    private static final String INSTALLATION_LABEL = "dev.havenkeep.installation";
    private static final Pattern INSTALLATION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String PREPARE = resource("prepare.sh");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int COMMAND_NOT_FOUND = 126;
    private static final int OWNER_ONLY = 0600;

    private final Sources sources;
    private final Links links;
    private final Engines engines;
    private final BuildsProperties properties;
    private final BuildSlots slots;
    private final String run;
    private final Map<ServerId, DockerCommand> commands = new ConcurrentHashMap<>();
    private final Map<ServerId, Long> prepared = new ConcurrentHashMap<>();

    Builds(Sources sources, Links links, Engines engines, BuildsProperties properties, Ids ids) {
        this.sources = sources;
        this.links = links;
        this.engines = engines;
        this.properties = properties;
        this.slots = new BuildSlots(properties.perServer());
        this.run = ids.next().replace("-", "");
    }

    /**
     * Builds an image and answers it as the server's engine then has it. Waits for its turn when the server already runs
     * as many builds as it may. A cancellation ends it within seconds, wherever it is.
     *
     * @throws ProblemException what {@link Sources#context} fails with, or {@code build-failed} (with the members {@code
     *     instruction} and {@code lastLines}), {@code dockerfile-invalid}, {@code base-image-not-found}, {@code
     *     build-timeout}, {@code build-tool-missing}, {@code disk-full}, {@code engine-unreachable}, {@code
     *     server-unreachable} or {@code cancelled}
     */
    public Image build(BuildRequest request, LogSink log, Cancellation cancellation) {
        checkNames(request.inputs());
        try (BuildContext context = sources.context(request.source(), request.commit(), cancellation);
                BuildSlots.Slot slot = slots.take(
                        request.server(),
                        () -> log.line("Waiting: another build runs on this server."),
                        cancellation)) {
            log.line("Sending " + context.size() + " files and folders, " + context.contentBytes() / 1024 + " KiB.");
            Link link = links.of(request.server());
            DockerCommand docker = docker(request.server(), link, cancellation);
            if (request.inputs().secrets().isEmpty() && preparedLately(request.server())) {
                run(request, link, docker, context, Map.of(), log, cancellation);
            } else {
                runWithFolder(request, link, docker, context, log, cancellation);
            }
        }
        return engines.of(request.server())
                .images()
                .inspect(request.tag())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        502,
                        "build-failed",
                        "The build failed",
                        "The build ended well, but the server's engine does not have its image. Deploy again.")));
    }

    /**
     * Ends the building of an image that a control plane has left running on a server when it was killed: nobody follows
     * it any more, but as long as it is there, the engine goes on with what it runs.
     *
     * @throws ProblemException {@code server-unreachable}, and nothing else: there being no such build is no failure
     */
    public void endAbandoned(ServerId server, ImageReference tag) {
        DockerCommand.Outcome outcome =
                DockerCommand.run(links.of(server), BuildCommand.end(tag, PREPARATION), new Cancellation());
        switch (outcome.code()) {
            case 0 -> LOG.info("Ended a build of {} that was left running on server {}", tag, server);
            case 1 -> LOG.debug("No build of {} was left running on server {}", tag, server);
            default -> LOG.warn("Server {} has no pkill (package procps) to end builds with that were left", server);
        }
    }

    private void runWithFolder(
            BuildRequest request,
            Link link,
            DockerCommand docker,
            BuildContext context,
            LogSink log,
            Cancellation cancellation) {
        String folder = prepare(link, docker, folders(request), cancellation);
        prepared.put(request.server(), System.nanoTime());
        try {
            cancellation.check();
            run(request, link, docker, context, secretFiles(request, link, folder), log, cancellation);
        } finally {
            remove(link, folder);
        }
    }

    /** A build without secrets needs no folder, and the server's settings do not change by themselves. */
    private boolean preparedLately(ServerId server) {
        Long last = prepared.get(server);
        return last != null && System.nanoTime() - last < PREPARED_NANOS;
    }

    private void run(
            BuildRequest request,
            Link link,
            DockerCommand docker,
            BuildContext context,
            Map<String, String> secretFiles,
            LogSink log,
            Cancellation cancellation) {
        Command command = BuildCommand.of(
                request,
                docker,
                link.engineSocket(),
                context.dockerfile(),
                secretFiles,
                context::writeTo,
                properties.timeout());
        BuildOutput output = new BuildOutput(log, request.inputs().secrets().values());
        try (Execution execution = link.run(command);
                Cancellation.Registration registration = cancellation.onCancel(execution::close)) {
            int code = follow(execution, output);
            cancellation.check();
            if (code >= COMMAND_NOT_FOUND && code <= COMMAND_NOT_FOUND + 1) {
                commands.remove(request.server());
            }
            if (code != 0) {
                throw new ProblemException(why(request.server(), output, code));
            }
        }
    }

    private int follow(Execution execution, BuildOutput output) {
        while (true) {
            switch (execution.next()) {
                case Execution.Event.Output piece -> output.add(piece.bytes());
                case Execution.Event.Exited exited -> {
                    output.finish();
                    return exited.code();
                }
                case Execution.Event.DeadlineExceeded exceeded -> {
                    output.finish();
                    throw new ProblemException(BuildProblems.timeout(properties.timeout()));
                }
            }
        }
    }

    /** A build that failed for no reason of its own may have failed since the engine is gone. */
    private Problem why(ServerId server, BuildOutput output, int code) {
        Problem problem = BuildProblems.failed(output, code);
        if (problem.code().equals("build-failed") && output.tail().isEmpty()) {
            Docker engine = engines.of(server);
            try {
                engine.ping();
            } catch (ProblemException e) {
                return BuildProblems.engineGone();
            }
        }
        return problem;
    }

    private DockerCommand docker(ServerId server, Link link, Cancellation cancellation) {
        DockerCommand known = commands.get(server);
        if (known != null) {
            return known;
        }
        DockerCommand found = DockerCommand.find(link, cancellation)
                .orElseThrow(() -> new ProblemException(BuildProblems.noTool(server.value())));
        commands.put(server, found);
        return found;
    }

    private String prepare(Link link, DockerCommand docker, String folders, Cancellation cancellation) {
        DockerCommand.Outcome outcome = DockerCommand.run(
                link,
                Command.of(PREPARATION, "/bin/sh", "-c", PREPARE, "prepare", folders, run, docker.path()),
                cancellation);
        String folder = outcome.output().strip();
        if (outcome.code() != 0 || !folder.startsWith("/")) {
            throw new ProblemException(Problem.of(
                    502,
                    "build-failed",
                    "The build could not begin",
                    "No private folder could be made on the server; is its /dev/shm or /tmp full or read-only?"));
        }
        return folder;
    }

    /** What this installation's build folders on a server begin with; what a crash left of them goes with the next build. */
    private String folders(BuildRequest request) {
        String installation = request.labels().getOrDefault(INSTALLATION_LABEL, "");
        return FOLDERS + "-" + (INSTALLATION.matcher(installation).matches() ? installation : run);
    }

    private static Map<String, String> secretFiles(BuildRequest request, Link link, String folder) {
        Map<String, String> files = new HashMap<>();
        for (Map.Entry<String, Secret> secret : request.inputs().secrets().entrySet()) {
            String file = folder + "/secret-" + files.size();
            link.put(new RemoteFile(file, OWNER_ONLY, secret.getValue().reveal().getBytes(StandardCharsets.UTF_8)));
            files.put(secret.getKey(), file);
        }
        return files;
    }

    private static void remove(Link link, String folder) {
        try {
            DockerCommand.Outcome outcome =
                    DockerCommand.run(link, Command.of(PREPARATION, "rm", "-rf", "--", folder), new Cancellation());
            if (outcome.code() != 0) {
                LOG.warn("The build folder {} could not be removed; the next build tries again", folder);
            }
        } catch (ProblemException e) {
            LOG.warn("The build folder {} could not be removed; the next build tries again", folder, e);
        }
    }

    private static void checkNames(BuildRequest.Inputs inputs) {
        for (Map<String, ?> names : List.of(inputs.variables(), inputs.secrets())) {
            for (String name : names.keySet()) {
                if (!NAME.matcher(name).matches()) {
                    throw new ProblemException(Problem.invalid(
                            "variables", name + " cannot be a build's: letters, digits and underscores only"));
                }
            }
        }
    }

    private static String resource(String name) {
        try (InputStream in = Builds.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
