package dev.havenkeep.servers;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.SshKeys;
import dev.havenkeep.testing.Vps;
import java.nio.file.Path;

/** Links for tests that need no database. */
public final class TestLinks {

    /** The server that {@link #local} answers for; any other id gives the same machine too. */
    public static final ServerId LOCAL = new ServerId("00000000-0000-7000-8000-000000000001");

    private TestLinks() {}

    /** Every server is this machine. */
    public static Links local() {
        return new Links(id -> localLink());
    }

    /** Every server is this machine, with its engine at another socket. */
    public static Links local(Path engineSocket) {
        return new Links(id -> new LocalLink("local", engineSocket));
    }

    /** This machine. */
    public static Link localLink() {
        return new LocalLink("local", Path.of("/var/run/docker.sock"));
    }

    /** A server of the lab, over one SSH connection. */
    public static SshServer ssh(Vps vps) {
        SshTransport transport = new SshTransport();
        SshTransport.Target target = new SshTransport.Target(
                vps.name(),
                vps.address(),
                vps.port(),
                vps.user(),
                SshKeys.parse(Secret.of(vps.privateKey())),
                vps.hostKey());
        return new SshServer(transport, new SshLink(transport, target, key -> {}));
    }

    /** A server's link with what carries it. */
    public static final class SshServer implements AutoCloseable {
        private final SshTransport transport;
        private final SshLink link;

        private SshServer(SshTransport transport, SshLink link) {
            this.transport = transport;
            this.link = link;
        }

        /** The link to it. */
        public Link link() {
            return link;
        }

        /** Links of which every server is this one. */
        public Links links() {
            return new Links(id -> link);
        }

        @Override
        public void close() {
            link.close();
            transport.close();
        }
    }
}
