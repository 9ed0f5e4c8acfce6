package dev.havenkeep.servers;

import dev.havenkeep.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A process of this machine. */
final class LocalExecution implements Execution {

    private static final int PIECE = 32 * 1024;
    private static final int KILLED = 128 + 9;
    /** How long output is awaited after the command ended while a process that it left behind holds the pipe. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(2);

    private final String server;
    private final Process process;
    private final EventQueue events = new EventQueue();

    private LocalExecution(String server, Process process) {
        this.server = server;
        this.process = process;
    }

    static LocalExecution start(String server, Command command) {
        Process process;
        try {
            process = new ProcessBuilder(Launch.argv()).start();
        } catch (IOException e) {
            throw ServerProblems.failed(server, "no process could be started", String.valueOf(e.getMessage()), e);
        }
        LocalExecution execution = new LocalExecution(server, process);
        // Reading a process's pipe holds its carrier thread, so these are platform threads.
        thread("stdin", () -> execution.feed(command));
        Thread out = thread("stdout", () -> execution.pump(process.getInputStream(), Channel.OUT));
        Thread error = thread("stderr", () -> execution.pump(process.getErrorStream(), Channel.ERROR));
        thread("wait", () -> execution.await(command.deadline().toNanos(), out, error));
        return execution;
    }

    @Override
    public Event next() {
        return events.take();
    }

    @Override
    public void close() {
        events.cut(new Event.Exited(KILLED));
        kill();
    }

    private void feed(Command command) {
        ProblemException failure = Feed.write(server, command, process.getOutputStream());
        if (failure != null) {
            events.fail(failure);
            kill();
        }
    }

    private void pump(InputStream in, Channel channel) {
        byte[] buffer = new byte[PIECE];
        try (in) {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                if (!events.put(new Event.Output(channel, Arrays.copyOf(buffer, read)))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The pipe was closed under us since the process is gone: the end of its output.
            return;
        }
    }

    private void await(long nanos, Thread out, Thread error) {
        try {
            if (!process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
                events.end(new Event.DeadlineExceeded());
                kill();
                return;
            }
            int code = process.exitValue();
            joinWhileItMoves(out);
            joinWhileItMoves(error);
            events.end(new Event.Exited(code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
        }
    }

    /** Waits for the rest of the output, however slowly it is read, but not for a pipe that somebody just keeps. */
    private void joinWhileItMoves(Thread pump) throws InterruptedException {
        boolean moved = true;
        while (moved && !pump.join(STRAGGLERS)) {
            moved = events.movedSinceAsked();
        }
    }

    private void kill() {
        if (!process.isAlive()) {
            return;
        }
        ProcessHandle[] tree = process.descendants().toArray(ProcessHandle[]::new);
        process.destroyForcibly();
        for (ProcessHandle handle : tree) {
            handle.destroyForcibly();
        }
        try {
            // Whoever left the tree is still in the process group that `timeout` made.
            new ProcessBuilder("/bin/sh", "-c", "kill -KILL -- \"-$1\"", "sh", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw ServerProblems.failed(server, "a command could not be ended", String.valueOf(e.getMessage()), e);
        }
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name("local-command-" + name).daemon().start(work);
    }
}
