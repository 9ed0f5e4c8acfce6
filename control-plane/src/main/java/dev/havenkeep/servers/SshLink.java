package dev.havenkeep.servers;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.SshKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.ConnectionService;
import org.jspecify.annotations.Nullable;

/**
 * A server that is reached over SSH, through one connection that carries everything. It is made when it is first
 * needed and again after it was lost; those who wait for the same attempt share its outcome.
 */
final class SshLink implements Link, AutoCloseable {

    /** OpenSSH allows ten sessions in a connection unless told otherwise (MaxSessions). */
    private static final int MOST_COMMANDS = 9;

    private static final Duration OPEN = Duration.ofSeconds(15);
    private static final Duration PUT = Duration.ofMinutes(2);
    private static final int MOST_ERROR = 4096;
    /** Constant; path and mode come as arguments, the content as standard input. */
    private static final String PUT_SCRIPT =
            "set -e; umask 077; mkdir -p -- \"${1%/*}/\"; t=$(mktemp \"${1%/*}/.put.XXXXXXXX\"); "
                    + "trap \"rm -f -- \\\"\\$t\\\"\" EXIT; cat >\"$t\"; chmod -- \"$2\" \"$t\"; "
                    + "sync -- \"$t\" 2>/dev/null || :; mv -f -- \"$t\" \"$1\"; trap - EXIT";

    private final SshTransport transport;
    private final SshTransport.Target target;
    private final Consumer<String> newHostKey;
    private final ReentrantLock connecting = new ReentrantLock();
    private final Semaphore commands = new Semaphore(MOST_COMMANDS, true);
    private volatile @Nullable ClientSession session;
    private volatile long attempts;
    private volatile @Nullable ProblemException lastFailure;
    private volatile boolean closed;

    /** @param newHostKey is told the host key of a server that has none pinned */
    SshLink(SshTransport transport, SshTransport.Target target, Consumer<String> newHostKey) {
        this.transport = transport;
        this.target = target;
        this.newHostKey = newHostKey;
    }

    @Override
    public Duplex engine() {
        Address.Unix socket = new Address.Unix(engineSocket());
        try {
            return stream(socket);
        } catch (SshChannelOpenException e) {
            throw ServerProblems.engineUnreachable(target.server(), engineSocket(), refusal(e), e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public Duplex open(Address address) {
        try {
            return stream(address);
        } catch (SshChannelOpenException e) {
            throw ServerProblems.refused(target.server(), address, refusal(e), e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public Execution run(Command command) {
        ClientSession current = session();
        try {
            if (!commands.tryAcquire(command.deadline().toNanos(), TimeUnit.NANOSECONDS)) {
                throw ServerProblems.failed(
                        target.server(), "no command could be started", "too many others run there", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServerProblems.failed(target.server(), "no command could be started", "interrupted", e);
        }
        AtomicBoolean returned = new AtomicBoolean();
        try {
            return SshExecution.start(target.server(), current, command, () -> {
                if (returned.compareAndSet(false, true)) {
                    commands.release();
                }
            });
        } catch (SshChannelOpenException e) {
            throw ServerProblems.failed(target.server(), "no command could be started", refusal(e), e);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public void put(RemoteFile file) {
        if (!file.path().startsWith("/") || file.path().endsWith("/")) {
            throw new IllegalArgumentException("A file's path must be absolute: " + file.path());
        }
        Command command = new Command(
                List.of("/bin/sh", "-c", PUT_SCRIPT, "put", file.path(), Integer.toOctalString(file.mode())),
                Map.of(),
                out -> out.write(file.content()),
                PUT);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (Execution execution = run(command)) {
            while (true) {
                switch (execution.next()) {
                    case Execution.Event.Output output -> {
                        if (said.size() < MOST_ERROR) {
                            said.writeBytes(output.bytes());
                        }
                    }
                    case Execution.Event.DeadlineExceeded ignored ->
                        throw ServerProblems.failed(
                                target.server(), file.path() + " could not be written", "it took too long", null);
                    case Execution.Event.Exited(int code) -> {
                        if (code != 0) {
                            throw ServerProblems.failed(
                                    target.server(),
                                    file.path() + " could not be written",
                                    said.toString(StandardCharsets.UTF_8).strip(),
                                    null);
                        }
                        return;
                    }
                }
            }
        }
    }

    /** Ends the connection and everything on it. The link cannot be used any more. */
    @Override
    public void close() {
        closed = true;
        ClientSession current = session;
        if (current != null) {
            current.close(true);
        }
    }

    private Duplex stream(Address address) throws IOException {
        ClientSession current = session();
        StreamChannel channel = switch (address) {
            case Address.Unix unix -> new StreamLocalChannel(unix.path());
            case Address.Tcp tcp -> new StreamChannel(tcp.host(), tcp.port());
        };
        try {
            current.getService(ConnectionService.class).registerChannel(channel);
        } catch (IllegalStateException e) {
            // That is how a connection answers which was lost just now.
            throw new IOException("the connection is being closed", e);
        }
        boolean opened = false;
        try {
            verify(channel.open());
            opened = true;
            return new ChannelDuplex(channel);
        } finally {
            if (!opened) {
                channel.close(true);
            }
        }
    }

    /** Waits for a channel to be open; what the server says against it is an exception of its own. */
    static void verify(OpenFuture opening) throws IOException {
        try {
            opening.verify(OPEN);
        } catch (IOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SshChannelOpenException refused) {
                    throw refused;
                }
            }
            throw e;
        }
    }

    private ClientSession session() {
        ClientSession current = session;
        if (current != null && usable(current)) {
            return current;
        }
        long seen = attempts;
        connecting.lock();
        try {
            current = session;
            if (current != null && usable(current)) {
                return current;
            }
            ProblemException failure = lastFailure;
            if (attempts != seen && failure != null) {
                throw failure;
            }
            if (closed) {
                throw ServerProblems.unreachable(target.server(), "the server was changed or removed", null);
            }
            return connect();
        } finally {
            connecting.unlock();
        }
    }

    private ClientSession connect() {
        SshTransport.HostCheck check = new SshTransport.HostCheck(target.hostKey());
        try {
            ClientSession fresh = transport.open(target, check);
            session = fresh;
            lastFailure = null;
            return fresh;
        } catch (IOException e) {
            ProblemException failure = explained(check.shown(), e);
            lastFailure = failure;
            throw failure;
        } finally {
            attempts++;
        }
    }

    private ProblemException explained(@Nullable String shown, IOException e) {
        String where = target.user() + "@" + target.host() + ":" + target.port();
        if (shown == null) {
            return ServerProblems.unreachable(target.server() + " (" + where + ")", reason(e), e);
        }
        if (target.hostKey() == null) {
            newHostKey.accept(shown);
            return new ProblemException(
                    Problem.conflict(
                                    "host-key-unconfirmed",
                                    "The server's host key is not confirmed",
                                    "The server shows the host key " + SshKeys.fingerprint(shown)
                                            + ". Compare it with the server's own (ssh-keygen -lf"
                                            + " /etc/ssh/ssh_host_ed25519_key.pub) and confirm it by setting hostKey.")
                            .with("hostKey", shown),
                    e);
        }
        if (!shown.equals(target.hostKey())) {
            return new ProblemException(
                    Problem.of(
                            502,
                            "host-key-changed",
                            "The server shows another host key",
                            "The server at " + where + " shows the host key " + SshKeys.fingerprint(shown)
                                    + " instead of " + SshKeys.fingerprint(target.hostKey())
                                    + ". Either it was installed anew, then set its hostKey to null and confirm the new one, or"
                                    + " somebody is in between."),
                    e);
        }
        return e instanceof SshException refused
                        && refused.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                ? new ProblemException(
                        Problem.of(
                                502,
                                "ssh-key-rejected",
                                "The server does not accept the key",
                                "The server at " + where + " does not accept Havenkeep's key. Add the server's"
                                        + " publicKey to ~/.ssh/authorized_keys of that user."),
                        e)
                : ServerProblems.unreachable(target.server() + " (" + where + ")", reason(e), e);
    }

    /** A stream could not be opened since the connection is gone; the next call makes another. */
    private ProblemException lost(IOException e) {
        if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
            // Only whoever waited was called off; the connection is as it was, and others use it.
            Thread.currentThread().interrupt();
            return ServerProblems.failed(target.server(), "it was not waited for", "interrupted", e);
        }
        ClientSession current = session;
        if (current != null) {
            current.close(true);
        }
        return ServerProblems.unreachable(target.server(), reason(e), e);
    }

    private static boolean usable(ClientSession session) {
        return session.isAuthenticated() && session.isOpen() && !session.isClosing();
    }

    private static String refusal(SshChannelOpenException e) {
        return e.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED
                ? "the SSH server forbids it (AllowStreamLocalForwarding, AllowTcpForwarding or DisableForwarding)"
                : reason(e);
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getMessage() == null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
