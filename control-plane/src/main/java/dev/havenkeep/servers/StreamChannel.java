package dev.havenkeep.servers;

import java.io.IOException;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * A stream to a TCP port of the server (RFC 4254 section 7.2). Unlike its parent, it tells its reader of the other
 * side's end while the way there is still open: a half-closed stream.
 */
class StreamChannel extends ChannelDirectTcpip {

    private static final SshdSocketAddress ORIGIN = new SshdSocketAddress("127.0.0.1", 0);

    StreamChannel(String host, int port) {
        super(ORIGIN, new SshdSocketAddress(host, port));
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        if (getInvertedOut() instanceof ChannelPipedInputStream pipe) {
            pipe.eof();
        }
    }
}
