package dev.havenkeep.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SshKeys;
import dev.havenkeep.testing.Vps;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshLinkTest extends LinkContract {

    private final Vps vps = Vps.start("link");
    private final SshTransport transport = new SshTransport();
    private final Wire wire = new Wire(vps.address(), vps.port());
    private final List<String> newHostKeys = new ArrayList<>();
    private final SshLink link = link(key(), vps.hostKey());

    @Override
    Link link() {
        return link;
    }

    @AfterEach
    void mendWire() {
        wire.mend();
    }

    @AfterAll
    void stop() {
        transport.close();
        wire.close();
        vps.close();
    }

    @Test
    void serverThatIsGoneIsToldQuickly() {
        assertThat(run("true").end()).isEqualTo(new Execution.Event.Exited(0));
        wire.cut();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            long before = System.nanoTime();
            assertProblem("server-unreachable", link::engine);
            // Refused, rather than waited for until the deadline of connecting.
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SshTransport.CONNECT);
        });
    }

    @Test
    void connectionComesBack() {
        wire.cut();
        assertProblem("server-unreachable", () -> run("true"));
        wire.mend();
        assertThat(run("true").end()).isEqualTo(new Execution.Event.Exited(0));
    }

    @Test
    void commandWhoseConnectionBreaksIsAProblem() {
        try (Execution execution = link.run(Command.of(Duration.ofMinutes(5), "sleep", "300"))) {
            wire.cut();
            assertProblem("server-unreachable", execution::next);
        }
    }

    @Test
    void serverThatFallsSilentIsNoticed() throws IOException {
        try (Duplex engine = link.engine()) {
            wire.silence();
            long before = System.nanoTime();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                if (engine.in().read() < 0) {
                    throw new IOException("the end");
                }
            });
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(40));
        }
        wire.cut();
    }

    @Test
    void otherHostKeyIsRefused() {
        String other = SshKeys.bareText(SshKeys.generate().getPublic());
        try (SshLink stranger = link(key(), other)) {
            assertProblem("host-key-changed", stranger::engine);
        }
    }

    @Test
    void hostKeyOfFirstContactMustBeConfirmed() {
        newHostKeys.clear();
        try (SshLink fresh = link(key(), null)) {
            assertProblem("host-key-unconfirmed", fresh::engine);
        }
        assertThat(newHostKeys).containsExactly(vps.hostKey());
    }

    @Test
    void keyThatTheServerDoesNotKnowIsRefused() {
        try (SshLink stranger = link(SshKeys.generate(), vps.hostKey())) {
            assertProblem("ssh-key-rejected", stranger::engine);
        }
    }

    @Test
    void hostThatDoesNotExistIsUnreachable() {
        SshTransport.Target target =
                new SshTransport.Target("ghost", "no-such-host.invalid", 22, "root", key(), vps.hostKey());
        try (SshLink ghost = new SshLink(transport, target, newHostKeys::add)) {
            assertProblem("server-unreachable", ghost::engine);
        }
    }

    private SshLink link(KeyPair key, @Nullable String hostKey) {
        return new SshLink(
                transport,
                new SshTransport.Target(vps.name(), "127.0.0.1", wire.port(), vps.user(), key, hostKey),
                newHostKeys::add);
    }

    private KeyPair key() {
        return SshKeys.parse(Secret.of(vps.privateKey()));
    }

    private static void assertProblem(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
