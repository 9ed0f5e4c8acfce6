package dev.havenkeep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class InvitationsTest {

    private static int number;

    private final Havenkeep haven;
    private final People people;
    private final String path;

    InvitationsTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
        this.path = "/api/v1/teams/" + people.team() + "/invitations";
    }

    @Test
    void linkIsShownOnceAndWorksOnce() {
        String email = email();
        Answer sent = invite(email).expect(201);
        String token = token(sent);

        assertThat(people.owner().client().get(path + "?limit=200").expect(200).body())
                .contains(email)
                .doesNotContain(token);
        Answer preview = haven.anonymous()
                .post("/api/v1/invitations/preview", Map.of("token", token))
                .expect(200);
        assertThat(preview.text("email")).isEqualTo(email);
        assertThat(preview.text("invitedBy")).isEqualTo("Olivia Owner");
        Answer accepted = accept(haven.anonymous(), token).expect(200);
        assertThat(accepted.text("/teams/0/role")).isEqualTo("viewer");
        accept(haven.anonymous(), token).expectProblem(404, "not-found");
        People.signedIn(haven.anonymous(), accepted)
                .get("/api/v1/teams/" + people.team())
                .expect(200);
    }

    @Test
    void ofSeveralWhoAcceptAtOnceOneJoins() throws Exception {
        String token = token(invite(email()).expect(201));
        List<Callable<Answer>> accepting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepting.add(() -> accept(haven.anonymous(), token));
        }

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(accepting)) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(statuses).filteredOn(status -> status != 200).allMatch(status -> status == 404 || status == 409);
    }

    @Test
    void expiredOrWithdrawnInvitationIsVoid() {
        String late = token(invite(email()).expect(201));
        haven.clock().advance(Duration.ofDays(7).plusSeconds(1));
        accept(haven.anonymous(), late).expectProblem(404, "not-found");

        Answer sent = invite(email()).expect(201);
        people.owner().client().delete(path + "/" + sent.text("id")).expect(204);
        accept(haven.anonymous(), token(sent)).expectProblem(404, "not-found");
    }

    @Test
    void newerInvitationReplacesTheOlder() {
        String email = email();
        String first = token(invite(email).expect(201));
        String second = token(invite(email.toUpperCase(java.util.Locale.ROOT)).expect(201));

        accept(haven.anonymous(), first).expectProblem(404, "not-found");
        accept(haven.anonymous(), second).expect(200);
        invite(email).expectProblem(409, "already-member");
    }

    @Test
    void somebodyWithAnAccountSignsInToAccept() {
        Person person = people.join("viewer");
        String team = people.newTeam("Second team");
        Answer sent = people.owner()
                .client()
                .post("/api/v1/teams/" + team + "/invitations", Map.of("email", person.email(), "role", "developer"))
                .expect(201);

        accept(haven.anonymous(), token(sent)).expectProblem(409, "account-exists");
        accept(people.join("viewer").client(), token(sent)).expectProblem(409, "invitation-for-another");
        Answer accepted = person.client()
                .post("/api/v1/invitations/accept", Map.of("token", token(sent)))
                .expect(200);

        assertThat(accepted.json().path("teams").size()).isEqualTo(2);
        person.client().get("/api/v1/teams/" + team).expect(200);
    }

    @Test
    void acceptingWithASessionNeedsItsCsrfToken() {
        Person person = people.join("viewer");
        String team = people.newTeam("Forged team");
        String token = token(people.owner()
                .client()
                .post("/api/v1/teams/" + team + "/invitations", Map.of("email", person.email(), "role", "viewer"))
                .expect(201));

        person.client()
                .with("X-CSRF-Token", "wrong")
                .post("/api/v1/invitations/accept", Map.of("token", token))
                .expectProblem(403, "csrf-token-wrong");
    }

    @Test
    void invitationDiesWithItsSendersRights() {
        Person admin = people.join("admin");
        String token = token(admin.client()
                .post(path, Map.of("email", email(), "role", "admin"))
                .expect(201));
        String member = null;
        for (JsonNode candidate : people.owner()
                .client()
                .get("/api/v1/teams/" + people.team() + "/members?limit=200")
                .json()
                .path("items")) {
            if (candidate.path("userId").asString().equals(admin.userId())) {
                member = candidate.path("id").asString();
            }
        }

        people.owner()
                .client()
                .patch("/api/v1/teams/" + people.team() + "/members/" + member, Map.of("role", "viewer"))
                .expect(200);

        accept(haven.anonymous(), token).expectProblem(404, "not-found");
    }

    @Test
    void refusedNewcomerLeavesNothingBehind() {
        String email = email();
        String token = token(invite(email).expect(201));

        haven.anonymous()
                .post("/api/v1/invitations/accept", Map.of("token", token, "name", "N", "password", "short"))
                .expectProblem(422, "invalid-input");
        haven.anonymous()
                .post("/api/v1/invitations/accept", Map.of("token", token))
                .expectProblem(422, "invalid-input");

        people.signIn(haven.anonymous(), email, "short").expect(401);
        accept(haven.anonymous(), token).expect(200);
    }

    @Test
    void badInvitationsAreRefused() {
        for (Map<String, String> body : List.of(
                Map.of("email", "no address", "role", "viewer"),
                Map.of("email", "a@example.com\r\nBcc: everybody@example.com", "role", "viewer"),
                Map.of("email", "a".repeat(65_536) + "@example.com", "role", "viewer"),
                Map.of("email", email(), "role", "king"),
                Map.of("email", email()))) {
            people.owner().client().post(path, body).expect(422);
        }
    }

    private Answer invite(String email) {
        return people.owner().client().post(path, Map.of("email", email, "role", "viewer"));
    }

    private static Answer accept(Client client, String token) {
        return client.post(
                "/api/v1/invitations/accept",
                Map.of("token", token, "name", "New Person", "password", People.PASSWORD));
    }

    private static String token(Answer invitation) {
        String link = invitation.text("link");
        return link.substring(link.indexOf('#') + 1);
    }

    private static synchronized String email() {
        return "invited" + ++number + "@example.com";
    }
}
