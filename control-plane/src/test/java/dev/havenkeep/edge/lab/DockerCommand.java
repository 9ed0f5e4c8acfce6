package dev.havenkeep.edge.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Docker's own command, so that a test looks at what happened with other eyes than the code that it tests. */
public final class DockerCommand {

    private DockerCommand() {}

    /** Runs it and gives its output, both streams. */
    public static String run(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(arguments));
        return finish(new ProcessBuilder(argv), true);
    }

    /** Runs it, whatever comes of it. */
    public static String tryRun(String... arguments) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(arguments));
        return finish(new ProcessBuilder(argv), false);
    }

    /** Runs another command and gives its output. */
    public static String runAny(String... argv) {
        return finish(new ProcessBuilder(argv), true);
    }

    /** Runs another command, whatever comes of it. */
    public static String tryRunAny(String... argv) {
        return finish(new ProcessBuilder(argv), false);
    }

    /** The host's address on the default bridge, where containers reach what a test listens on. */
    public static InetAddress gateway() {
        try {
            return NetworkInterface.getByName("docker0")
                    .inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElseThrow();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String finish(ProcessBuilder command, boolean mustSucceed) {
        try {
            command.environment().remove("DOCKER_CONTEXT");
            Process process = command.redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 && mustSucceed) {
                throw new IllegalStateException(String.join(" ", command.command()) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
