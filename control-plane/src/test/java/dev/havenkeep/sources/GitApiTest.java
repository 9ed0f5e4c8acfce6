package dev.havenkeep.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.applications.Applications;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.servers.Servers;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class GitApiTest {

    private static final String SECRET = "canary-git-token-5d1f";

    private final Havenkeep haven;
    private final People people;
    private final Client owner;
    private final String credentials;

    GitApiTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
        this.owner = people.owner().client();
        this.credentials = "/api/v1/teams/" + people.team() + "/git-credentials";
    }

    @Test
    void tokenIsKeptAndNeverAnswered() {
        String name = name("token");
        Answer made = owner.post(
                        credentials, Map.of("name", name, "kind", "token", "username", "ada", "secret", SECRET))
                .expect(201);

        assertThat(made.header("Location")).isEqualTo("/api/v1/git-credentials/" + made.text("id"));
        assertThat(made.body()).contains(name, "ada").doesNotContain(SECRET);
        assertThat(owner.get(credentials + "?limit=200").expect(200).body())
                .contains(name)
                .doesNotContain(SECRET);
        assertThat(owner.get("/api/v1/teams/" + people.team() + "/audit-events?limit=200")
                        .expect(200)
                        .body())
                .contains("git-credential.created", name)
                .doesNotContain(SECRET);
        assertThat(owner.post(credentials, Map.of("name", name, "kind", "deploy-key"))
                        .expect(409)
                        .text("code"))
                .isEqualTo("name-taken");
        owner.delete(made.header("Location")).expect(204);
        owner.get(made.header("Location")).expect(404);
    }

    @Test
    void deployKeyIsMadeAndItsPublicKeyAnswered() {
        Answer made = owner.post(credentials, Map.of("name", name("key"), "kind", "deploy-key"))
                .expect(201);

        assertThat(made.text("publicKey")).startsWith("ssh-ed25519 AAAA");
        assertThat(made.body()).doesNotContain("PRIVATE KEY");
        owner.delete("/api/v1/git-credentials/" + made.text("id") + "/host-keys")
                .expect(204);
    }

    @Test
    void credentialOfAnApplicationStaysUntilTheApplicationNeedsItNoMore() {
        String credential = owner.post(credentials, Map.of("name", name("used"), "kind", "deploy-key"))
                .expect(201)
                .text("id");
        String project = owner.post("/api/v1/teams/" + people.team() + "/projects", Map.of("name", name("Used")))
                .expect(201)
                .text("id");
        String environment = owner.get("/api/v1/projects/" + project + "/environments")
                .expect(200)
                .text("/items/0/id");
        String server = haven.bean(Servers.class)
                .createLocal(new TeamId(people.team()))
                .id()
                .value();
        Map<String, String> source =
                Map.of("kind", "git", "url", "git@example.com:a/b.git", "credentialId", credential);
        Answer application = owner.post(
                        "/api/v1/environments/" + environment + "/applications",
                        Map.of("name", "needs-it", "serverId", server, "source", source))
                .expect(201);

        Answer refused = owner.delete("/api/v1/git-credentials/" + credential);

        assertThat(refused.expectProblem(409, "credential-in-use").text("detail"))
                .contains("needs-it");
        owner.get("/api/v1/git-credentials/" + credential).expect(200);
        haven.bean(Applications.class).remove(new ApplicationId(application.text("id")));
        owner.delete("/api/v1/git-credentials/" + credential).expect(204);
    }

    @Test
    void badInputIsNamed() {
        assertThat(owner.post(credentials, Map.of("name", name("x"), "kind", "password"))
                        .expect(422)
                        .body())
                .contains("deploy-key or token");
        assertThat(owner.post(credentials, Map.of("name", name("x"), "kind", "token"))
                        .expect(422)
                        .body())
                .contains("secret");
        assertThat(owner.post(credentials, Map.of("name", "a\nb", "kind", "deploy-key"))
                        .expect(422)
                        .body())
                .contains("name");
        assertThat(owner.post(credentials, Map.of("name", name("x"), "kind", "token", "secret", SECRET + "\r\nX: y"))
                        .expect(422)
                        .body())
                .doesNotContain(SECRET);
    }

    @Test
    void checkRefusesOwnNetworkAndOtherTeamsCredentials() {
        String check = "/api/v1/teams/" + people.team() + "/git-check";

        assertThat(owner.post(check, Map.of("url", "http://127.0.0.1:1/x.git"))
                        .expect(422)
                        .text("code"))
                .isEqualTo("address-refused");
        assertThat(owner.post(check, Map.of("url", "https://ada:" + SECRET + "@example.com/x.git"))
                        .expect(422)
                        .body())
                .contains("choose a git credential")
                .doesNotContain(SECRET);
        assertThat(owner.post(
                                check,
                                Map.of(
                                        "url",
                                        "https://example.com/x.git",
                                        "credentialId",
                                        "00000000-0000-7000-8000-000000000000"))
                        .expect(422)
                        .body())
                .contains("credentialId");
    }

    private String name(String prefix) {
        return prefix + "-" + haven.database() + "-" + System.nanoTime();
    }
}
