package dev.havenkeep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class TokensTest {

    private final Havenkeep haven;
    private final People people;
    private final String team;

    TokensTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
        this.team = "/api/v1/teams/" + people.team();
    }

    @Test
    void secretIsShownOnceAndNotInTheDatabase() {
        Answer made = make(people.owner(), Map.of("name", "CI", "permissions", List.of("team:read")))
                .expect(201);
        String text = made.text("token");
        String secret = text.substring(text.lastIndexOf('_') + 1);

        assertThat(text).matches("hkt_[0-9a-f]{32}_[0-9A-Za-z]{43}");
        assertThat(people.owner()
                        .client()
                        .get(team + "/tokens?limit=200")
                        .expect(200)
                        .body())
                .contains(made.text("id"))
                .doesNotContain(secret);
        assertThat(haven.bean(Database.class)
                        .read()
                        .sql("SELECT * FROM api_tokens")
                        .query()
                        .listOfRows()
                        .toString())
                .contains(made.text("id"))
                .doesNotContain(secret);
        haven.anonymous().withToken(text).get(team).expect(200);
    }

    @Test
    void wrongSecretsAreRefused() {
        String text = make(people.owner(), Map.of("name", "CI", "permissions", List.of("team:read")))
                .expect(201)
                .text("token");
        for (String wrong : List.of(
                text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A"),
                text + "A",
                "hkt_" + "0".repeat(32) + "_" + "A".repeat(43),
                "hkt_",
                "x".repeat(5_000),
                text.toUpperCase(java.util.Locale.ROOT))) {
            haven.anonymous().withToken(wrong).get(team).expectProblem(401, "token-invalid");
        }
    }

    @Test
    void tokenDoesWhatItSaysAndNoMore() {
        Client token = people.withToken(people.owner(), people.team(), "team:read", "projects:read");

        token.get(team).expect(200);
        token.get(team + "/projects").expect(200);
        token.get(team + "/members").expectProblem(403, "forbidden");
        token.post(team + "/projects", Map.of("name", "x")).expectProblem(403, "forbidden");
        token.get("/api/v1/session").expectProblem(403, "forbidden");
        token.patch("/api/v1/me", Map.of("name", "x")).expectProblem(403, "forbidden");
        token.get("/api/v1/teams/" + people.newTeam("Not its own")).expectProblem(404, "not-found");
        assertThat(token.get("/api/v1/teams").expect(200).json().path("items").size())
                .isEqualTo(1);
    }

    @Test
    void readOnlyTokenCannotHoldOrDoWhatChangesThings() {
        make(people.owner(), Map.of("name", "x", "permissions", List.of("projects:write"), "readOnly", true))
                .expectProblem(422, "invalid-input");
        String text = make(
                        people.owner(), Map.of("name", "x", "permissions", List.of("projects:read"), "readOnly", true))
                .expect(201)
                .text("token");

        haven.anonymous()
                .withToken(text)
                .post(team + "/projects", Map.of("name", "x"))
                .expectProblem(403, "forbidden");
    }

    @Test
    void tokenEndsWhenItExpires() {
        String text = make(
                        people.owner(),
                        Map.of(
                                "name", "short",
                                "permissions", List.of("team:read"),
                                "expiresAt",
                                        haven.clock().instant().plusSeconds(60).toString()))
                .expect(201)
                .text("token");
        Client token = haven.anonymous().withToken(text);
        token.get(team).expect(200);

        haven.clock().advance(Duration.ofSeconds(61));

        token.get(team).expectProblem(401, "token-expired");
        make(
                        people.owner(),
                        Map.of(
                                "name", "past",
                                "permissions", List.of("team:read"),
                                "expiresAt", "2020-01-01T00:00:00Z"))
                .expectProblem(422, "invalid-input");
    }

    @Test
    void tokenWorksFromItsNetworksOnly() {
        String elsewhere = make(
                        people.owner(),
                        Map.of(
                                "name", "elsewhere",
                                "permissions", List.of("team:read"),
                                "allowedNetworks", List.of("203.0.113.0/24", "2001:db8::/32")))
                .expect(201)
                .text("token");
        String here = make(
                        people.owner(),
                        Map.of(
                                "name", "here",
                                "permissions", List.of("team:read"),
                                "allowedNetworks", List.of("127.0.0.0/8")))
                .expect(201)
                .text("token");

        haven.anonymous().withToken(elsewhere).get(team).expectProblem(403, "token-network");
        haven.anonymous()
                .withToken(elsewhere)
                .with("X-Forwarded-For", "203.0.113.5")
                .get(team)
                .expectProblem(403, "token-network");
        haven.anonymous().withToken(here).get(team).expect(200);
        make(
                        people.owner(),
                        Map.of(
                                "name", "bad",
                                "permissions", List.of("team:read"),
                                "allowedNetworks", List.of("example.com")))
                .expectProblem(422, "invalid-input");
    }

    @Test
    void tokenOfOneProjectSeesNoOther() {
        String shop = project("Shop");
        String blog = project("Blog");
        String text = make(
                        people.owner(),
                        Map.of(
                                "name", "shop",
                                "permissions", List.of("projects:read", "projects:write", "members:read"),
                                "projectIds", List.of(shop)))
                .expect(201)
                .text("token");
        Client token = haven.anonymous().withToken(text);

        token.get("/api/v1/projects/" + shop).expect(200);
        token.get("/api/v1/projects/" + blog).expectProblem(404, "not-found");
        assertThat(token.get(team + "/projects?limit=200").expect(200).body())
                .contains(shop)
                .doesNotContain(blog);
        token.post(team + "/projects", Map.of("name", "New")).expectProblem(403, "forbidden");
        token.get(team + "/members").expectProblem(403, "forbidden");
        make(
                        people.owner(),
                        Map.of(
                                "name", "bad",
                                "permissions", List.of("projects:read"),
                                "projectIds", List.of("nonsense")))
                .expectProblem(422, "invalid-input");
    }

    @Test
    void nobodyMakesATokenThatMayMoreThanThey() {
        Person developer = people.join("developer");

        make(developer, Map.of("name", "x", "permissions", List.of("members:write")))
                .expectProblem(403, "forbidden");
        make(developer, Map.of("name", "x", "permissions", List.of("everything")))
                .expectProblem(422, "invalid-input");
        make(people.join("viewer"), Map.of("name", "x", "permissions", List.of("team:read")))
                .expectProblem(403, "forbidden");
    }

    @Test
    void tokenCannotMakeTokensNorGiveWhatItDoesNotHold() {
        Client token = people.withToken(people.owner(), people.team(), "tokens:write", "members:write", "members:read");

        token.post(team + "/tokens", Map.of("name", "child", "permissions", List.of("tokens:write")))
                .expectProblem(403, "forbidden");
        token.post(team + "/invitations", Map.of("email", "x@example.com", "role", "viewer"))
                .expectProblem(403, "forbidden");
        token.post(team + "/leave").expectProblem(403, "forbidden");
    }

    @Test
    void tokenLosesWhatItsMakerLoses() {
        Person person = people.join("developer");
        Client token = people.withToken(person, people.team(), "projects:write");
        token.post(team + "/projects", Map.of("name", "by token " + System.nanoTime()))
                .expect(201);

        String member = people.owner()
                .client()
                .get(team + "/members?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(candidate -> candidate.path("userId").asString().equals(person.userId()))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        people.owner()
                .client()
                .patch(team + "/members/" + member, Map.of("role", "viewer"))
                .expect(200);

        token.post(team + "/projects", Map.of("name", "x")).expectProblem(403, "forbidden");
    }

    @Test
    void peopleRevokeTheirOwnTokensAndAdminsEverybodys() {
        Person developer = people.join("developer");
        Person other = people.join("developer");
        String id = make(developer, Map.of("name", "mine", "permissions", List.of("team:read")))
                .expect(201)
                .text("id");
        String second = make(developer, Map.of("name", "mine", "permissions", List.of("team:read")))
                .expect(201)
                .text("id");

        assertThat(other.client().get(team + "/tokens").expect(200).body()).doesNotContain(id);
        other.client().delete(team + "/tokens/" + id).expectProblem(404, "not-found");
        developer.client().delete(team + "/tokens/" + id).expect(204);
        people.owner().client().delete(team + "/tokens/" + second).expect(204);
        developer.client().delete(team + "/tokens/" + id).expect(404);
    }

    @Test
    void useIsRecordedToTheMinute() {
        Answer made = make(people.owner(), Map.of("name", "used", "permissions", List.of("team:read")))
                .expect(201);
        Client token = haven.anonymous().withToken(made.text("token"));

        assertThat(lastUsed(made.text("id"))).isEmpty();
        token.get(team).expect(200);
        String first = lastUsed(made.text("id"));
        token.get(team).expect(200);
        assertThat(first).isNotEmpty();
        assertThat(lastUsed(made.text("id"))).isEqualTo(first);

        haven.clock().advance(Duration.ofSeconds(61));
        token.get(team).expect(200);
        assertThat(lastUsed(made.text("id"))).isNotEqualTo(first);
    }

    @Test
    void permissionsAreListedWithTheirMeaning() {
        Answer permissions = people.owner().client().get("/api/v1/permissions").expect(200);

        assertThat(permissions.text("/items/0/permission")).isEqualTo("team:read");
        assertThat(permissions.json().at("/items/0/readOnly").asBoolean()).isTrue();
        haven.anonymous().get("/api/v1/permissions").expect(401);
    }

    private String lastUsed(String id) {
        return people.owner()
                .client()
                .get(team + "/tokens?limit=200")
                .json()
                .path("items")
                .valueStream()
                .filter(token -> token.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow()
                .path("lastUsedAt")
                .asString("");
    }

    private String project(String name) {
        return people.owner()
                .client()
                .post(team + "/projects", Map.of("name", name + " " + System.nanoTime()))
                .expect(201)
                .text("id");
    }

    private Answer make(Person person, Map<String, ?> what) {
        return people.token(person, people.team(), what);
    }
}
