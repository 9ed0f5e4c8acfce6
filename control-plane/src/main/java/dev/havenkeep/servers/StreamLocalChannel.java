package dev.havenkeep.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A stream to a unix socket of the server: the channel type {@code direct-streamlocal@openssh.com} of OpenSSH's
 * PROTOCOL document, section 2.4. It differs from RFC 4254's direct-tcpip in nothing but its opening.
 */
final class StreamLocalChannel extends StreamChannel {

    private static final String TYPE = "direct-streamlocal@openssh.com";
    private static final int NUMBERS = 64;

    private final String path;

    StreamLocalChannel(String path) {
        super("localhost", 0);
        this.path = path;
    }

    @Override
    public String getChannelType() {
        return TYPE;
    }

    @Override
    public synchronized OpenFuture open() throws IOException {
        if (closeFuture.isClosed()) {
            throw new SshException("The connection is closed");
        }
        openFuture = new DefaultOpenFuture(path, futureLock);
        Session session = getSession();
        int length = TYPE.length() + path.getBytes(StandardCharsets.UTF_8).length + NUMBERS;
        Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN, length);
        buffer.putString(TYPE);
        buffer.putUInt(getChannelId());
        buffer.putUInt(getLocalWindow().getSize());
        buffer.putUInt(getLocalWindow().getPacketSize());
        buffer.putString(path);
        buffer.putString("");
        buffer.putUInt(0);
        writePacket(buffer);
        return openFuture;
    }
}
