package dev.havenkeep.engine;

import dev.havenkeep.servers.Link;
import dev.havenkeep.servers.TestLinks;
import dev.havenkeep.testing.Vps;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SshDockerTest extends DockerContract {

    private static Vps vps;
    private static TestLinks.SshServer server;

    @BeforeAll
    static void start() {
        vps = Vps.start("docker");
        server = TestLinks.ssh(vps);
    }

    @AfterAll
    static void stop() {
        server.close();
        vps.close();
    }

    @Override
    Link link() {
        return server.link();
    }
}
