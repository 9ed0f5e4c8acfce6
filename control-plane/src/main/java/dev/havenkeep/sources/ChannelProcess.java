package dev.havenkeep.sources;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;

/** A command on an SSH server (RFC 4254 section 6.5) in the form that JGit takes. */
final class ChannelProcess extends Process {

    private static final int NO_STATUS = 255;

    private final ChannelExec channel;
    private final InputStream out;

    ChannelProcess(ChannelExec channel, InputStream out) {
        this.channel = channel;
        this.out = out;
    }

    @Override
    public OutputStream getOutputStream() {
        return channel.getInvertedIn();
    }

    @Override
    public InputStream getInputStream() {
        return out;
    }

    @Override
    public InputStream getErrorStream() {
        return channel.getInvertedErr();
    }

    @Override
    public int waitFor() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0L);
        return status();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) {
        return channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), unit.toMillis(timeout))
                .contains(ClientChannelEvent.CLOSED);
    }

    @Override
    public int exitValue() {
        if (channel.isOpen()) {
            throw new IllegalThreadStateException("It still runs");
        }
        return status();
    }

    @Override
    public void destroy() {
        channel.close(true);
    }

    private int status() {
        Integer status = channel.getExitStatus();
        return status == null ? NO_STATUS : status;
    }
}
