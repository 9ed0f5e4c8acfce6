package dev.havenkeep.servers;

import dev.havenkeep.kernel.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;

/** A command on a server that is reached over SSH (RFC 4254 section 6.5). */
final class SshExecution implements Execution {

    private static final int PIECE = 32 * 1024;
    private static final int KILLED = 128 + 9;
    private static final int REQUEST_BYTES = 64;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** How long the server may take to end a session whose command is over. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    /** How long output is awaited after the command ended while a process that it left behind holds the pipe. */
    private static final Duration STRAGGLERS = Duration.ofSeconds(3);
    /** Names and numbers of the signals of RFC 4254 section 6.10, and those that OpenSSH sends beside. */
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("ABRT", 6),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15));

    private final String server;
    private final ClientSession session;
    private final ChannelExec channel;
    private final Runnable whenOver;
    private final EventQueue events = new EventQueue();

    private SshExecution(String server, ClientSession session, ChannelExec channel, Runnable whenOver) {
        this.server = server;
        this.session = session;
        this.channel = channel;
        this.whenOver = whenOver;
    }

    /**
     * Starts the command in a channel of its own.
     *
     * @param whenOver is called once, when the command is over or was not started
     */
    static SshExecution start(String server, ClientSession session, Command command, Runnable whenOver)
            throws IOException {
        boolean started = false;
        try {
            ChannelExec channel = open(session);
            started = true;
            SshExecution execution = new SshExecution(server, session, channel, whenOver);
            thread("stdin", () -> execution.feed(command));
            Thread out = thread("stdout", () -> execution.pump(channel.getInvertedOut(), Channel.OUT));
            Thread error = thread("stderr", () -> execution.pump(channel.getInvertedErr(), Channel.ERROR));
            thread("wait", () -> execution.await(command.deadline(), out, error));
            return execution;
        } finally {
            if (!started) {
                whenOver.run();
            }
        }
    }

    /** A server that has as many sessions as it allows (MaxSessions) may be about to end one of them. */
    private static ChannelExec open(ClientSession session) throws IOException {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            ChannelExec channel = made(session);
            try {
                SshLink.verify(channel.open());
                return channel;
            } catch (SshChannelOpenException e) {
                channel.close(true);
                if (System.nanoTime() - start > LONGEST_WAIT_NANOS) {
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                channel.close(true);
                throw e;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private static ChannelExec made(ClientSession session) throws IOException {
        try {
            return session.createExecChannel(Launch.line());
        } catch (IllegalStateException e) {
            // That is how a connection answers which was lost just now.
            throw new IOException("the connection is being closed", e);
        }
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
        ProblemException failure = Feed.write(server, command, channel.getInvertedIn());
        if (failure != null) {
            events.fail(failure);
            kill();
        }
    }

    /** Reads to the end even when nobody wants it any more: the connection's other channels must not wait for it. */
    private void pump(InputStream in, Channel to) {
        byte[] buffer = new byte[PIECE];
        boolean wanted = true;
        try {
            int read;
            while ((read = in.read(buffer)) >= 0) {
                wanted = wanted && events.put(new Event.Output(to, Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            // The channel was closed; whoever waits for it says why.
            return;
        }
    }

    private void await(Duration deadline, Thread out, Thread error) {
        try {
            Set<ClientChannelEvent> seen = channel.waitFor(
                    EnumSet.of(
                            ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.EXIT_SIGNAL, ClientChannelEvent.CLOSED),
                    deadline.toMillis());
            if (seen.contains(ClientChannelEvent.TIMEOUT)) {
                events.end(new Event.DeadlineExceeded());
                kill();
                return;
            }
            Integer status = channel.getExitStatus();
            String signal = channel.getExitSignal();
            if (status == null && signal == null) {
                events.fail(ServerProblems.unreachable(server, "the connection was lost during a command", null));
                return;
            }
            joinWhileItMoves(out);
            joinWhileItMoves(error);
            events.end(new Event.Exited(status != null ? status : 128 + SIGNALS.getOrDefault(signal, 0)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        } finally {
            letGo();
            whenOver.run();
        }
    }

    /** Gives the server time to end the session itself, since it counts those that it has not ended. */
    private void letGo() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), FAREWELL.toMillis());
        channel.close(true);
    }

    /** Waits for the rest of the output, however slowly it is read, but not for a pipe that somebody just keeps. */
    private void joinWhileItMoves(Thread pump) throws InterruptedException {
        boolean moved = true;
        while (moved && !pump.join(STRAGGLERS)) {
            moved = events.movedSinceAsked();
        }
    }

    /** Asks the server to kill the command's process group (RFC 4254 section 6.9), then lets go of it. */
    private void kill() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Buffer request = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, REQUEST_BYTES);
            request.putUInt(channel.getRecipient());
            request.putString("signal");
            request.putBoolean(false);
            request.putString("KILL");
            session.writePacket(request).verify(SshTransport.CONNECT);
        } catch (IOException e) {
            // Without a connection the server's own watchdog ends the command after its deadline.
            System.getLogger(SshExecution.class.getName())
                    .log(System.Logger.Level.DEBUG, "A command could not be signalled", e);
        }
        thread("farewell", this::letGo);
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofVirtual().name("ssh-command-" + name).start(work);
    }
}
