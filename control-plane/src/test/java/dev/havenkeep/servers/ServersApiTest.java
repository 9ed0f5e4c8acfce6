package dev.havenkeep.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.SshGitServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers over HTTP, up to a real sshd: whom Havenkeep trusts, and whom it does not. */
@OnBothDatabases
class ServersApiTest {

    @TempDir
    Path folder;

    private final Client owner;
    private final String servers;

    ServersApiTest(Havenkeep haven) {
        People people = People.of(haven);
        owner = people.owner().client();
        servers = "/api/v1/teams/" + people.newTeam("Servers") + "/servers";
    }

    @Test
    void hostKeyOfTheFirstContactIsConfirmedByAPersonAndAnotherIsRefused() {
        try (SshGitServer sshd = SshGitServer.open(folder.resolve("sshd"), folder)) {
            URI address = URI.create(sshd.url("x"));
            Answer created = owner.post(
                            servers,
                            Map.of(
                                    "name",
                                    "fsn1",
                                    "kind",
                                    "ssh",
                                    "host",
                                    address.getHost(),
                                    "port",
                                    address.getPort(),
                                    "user",
                                    address.getUserInfo()))
                    .expect(201);
            String server = created.header("Location");
            assertThat(created.json().has("hostKey")).isFalse();
            assertThat(created.text("publicKey")).startsWith("ssh-ed25519 ");

            assertThat(check(server).text("/problem/code")).isEqualTo("host-key-unconfirmed");
            Answer seen = owner.get(server).expect(200);
            assertThat(seen.text("pendingHostKeyFingerprint")).startsWith("SHA256:");
            assertThat(check(server).text("/problem/detail")).contains(seen.text("pendingHostKeyFingerprint"));

            Answer confirmed = change(server, Map.of("hostKey", seen.text("pendingHostKey")));
            assertThat(confirmed.text("hostKeyFingerprint")).isEqualTo(seen.text("pendingHostKeyFingerprint"));
            assertThat(confirmed.json().has("pendingHostKey")).isFalse();

            Answer rejected = check(server);
            assertThat(rejected.text("/problem/code")).isEqualTo("ssh-key-rejected");
            assertThat(rejected.text("/problem/detail")).contains("publicKey", "authorized_keys");

            sshd.authorize(created.text("publicKey"));
            // It is let in; that sshd forwards nothing, so that the engine behind it is not reached.
            assertThat(check(server).text("/problem/code")).isEqualTo("engine-unreachable");

            sshd.changeHostKey();
            change(server, Map.of("name", "fsn1-again"));
            Answer changed = check(server);
            assertThat(changed.text("/problem/code")).isEqualTo("host-key-changed");
            assertThat(changed.text("/problem/detail"))
                    .contains("instead of " + confirmed.text("hostKeyFingerprint"), "hostKey to null");

            Map<String, Object> unpinned = new HashMap<>();
            unpinned.put("hostKey", null);
            change(server, unpinned);
            assertThat(check(server).text("/problem/code")).isEqualTo("host-key-unconfirmed");
            Answer anew = owner.get(server).expect(200);
            assertThat(anew.text("pendingHostKeyFingerprint")).isNotEqualTo(confirmed.text("hostKeyFingerprint"));
            owner.delete(server).expect(204);
            owner.get(server).expectProblem(404, "not-found");
        }
    }

    @Test
    void whatCannotBeAServerIsRefusedWithAdvice() {
        Answer taken = owner.post(servers, server("one")).expect(201);
        owner.post(servers, server("one")).expectProblem(409, "name-taken");
        refused(Map.of("name", "two", "kind", "ssh"), "host");
        refused(Map.of("name", "two", "kind", "local"), "kind");
        refused(Map.of("name", "Not A Name", "kind", "ssh", "host", "203.0.113.7"), "name");
        refused(Map.of("name", "two", "kind", "ssh", "host", "-oProxyCommand=x"), "host");
        refused(Map.of("name", "two", "kind", "ssh", "host", "203.0.113.7", "user", "a b"), "user");
        refused(Map.of("name", "two", "kind", "ssh", "host", "203.0.113.7", "hostKey", "nonsense"), "hostKey");
        refused(Map.of("name", "two", "kind", "ssh", "host", "203.0.113.7", "privateKey", "nonsense"), "privateKey");
        String one = taken.header("Location");
        owner.patch(one, Map.of("port", 2222)).expectProblem(428, "precondition-required");
        owner.with("If-Match", "\"7\"").patch(one, Map.of("port", 2222)).expectProblem(412, "precondition-failed");
        owner.post(servers, server("two")).expect(201);
        owner.with("If-Match", "*").patch(one, Map.of("name", "two")).expectProblem(409, "name-taken");
    }

    private void refused(Map<String, Object> body, String member) {
        assertThat(owner.post(servers, body).expectProblem(422, "invalid-input").text("/fields/0/path"))
                .isEqualTo(member);
    }

    private static Map<String, Object> server(String name) {
        return Map.of("name", name, "kind", "ssh", "host", "203.0.113.7");
    }

    private Answer check(String server) {
        return owner.post(server + "/check").expect(200);
    }

    private Answer change(String server, Map<String, Object> change) {
        String version = owner.get(server).expect(200).header("ETag");
        return owner.with("If-Match", version).patch(server, change).expect(200);
    }
}
