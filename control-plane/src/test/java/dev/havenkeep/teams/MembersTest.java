package dev.havenkeep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
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
class MembersTest {

    private final Havenkeep haven;
    private final People people;

    MembersTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
    }

    @Test
    void teamsAreSeenByTheirMembersOnly() {
        String team = people.newTeam("Another");
        Person stranger = people.join("admin");

        stranger.client().get("/api/v1/teams/" + team).expectProblem(404, "not-found");
        stranger.client().get("/api/v1/teams/" + team + "/members").expectProblem(404, "not-found");
        stranger.client().post("/api/v1/teams/" + team + "/leave").expect(404);
        assertThat(stranger.client().get("/api/v1/teams").expect(200).body()).doesNotContain(team);
        assertThat(people.owner().client().get("/api/v1/teams").expect(200).body())
                .contains(team);
        haven.anonymous().get("/api/v1/teams/" + team).expectProblem(401, "unauthenticated");
    }

    @Test
    void onlyOwnersOfATeamMakeFurtherTeams() {
        people.join("admin")
                .client()
                .post("/api/v1/teams", Map.of("name", "Mine"))
                .expectProblem(403, "forbidden");
    }

    @Test
    void renamingATeamNeedsTheVersionThatWasRead() {
        String path = "/api/v1/teams/" + people.newTeam("Before");
        Client owner = people.owner().client();
        String tag = owner.get(path).expect(200).header("ETag");

        owner.patch(path, Map.of("name", "After")).expectProblem(428, "precondition-required");
        Answer renamed =
                owner.with("If-Match", tag).patch(path, Map.of("name", "After")).expect(200);
        owner.with("If-Match", tag).patch(path, Map.of("name", "Again")).expectProblem(412, "precondition-failed");
        owner.with("If-Match", renamed.header("ETag"))
                .patch(path, Map.of("nom", "Again"))
                .expect(422);

        assertThat(owner.get(path).text("name")).isEqualTo("After");
    }

    @Test
    void emptyTeamCanBeDeletedByItsOwner() {
        String team = people.newTeam("Short-lived");
        Person admin = people.join(people.owner(), team, "admin", List.of());

        admin.client().delete("/api/v1/teams/" + team).expectProblem(403, "forbidden");
        people.owner().client().delete("/api/v1/teams/" + people.team()).expectProblem(409, "first-team");
        people.owner().client().delete("/api/v1/teams/" + team).expect(204);
        people.owner().client().get("/api/v1/teams/" + team).expect(404);
        assertThat(admin.client()
                        .get("/api/v1/session")
                        .expect(200)
                        .json()
                        .path("teams")
                        .size())
                .isZero();
    }

    @Test
    void teamWithSomethingInItStays() {
        String team = people.newTeam("Full");
        people.owner()
                .client()
                .post("/api/v1/teams/" + team + "/projects", Map.of("name", "In the way"))
                .expect(201);

        assertThat(people.owner()
                        .client()
                        .delete("/api/v1/teams/" + team)
                        .expect(409)
                        .text("detail"))
                .contains("project");
        people.owner().client().get("/api/v1/teams/" + team).expect(200);
    }

    @Test
    void sessionSaysWhatOneMayDo() {
        Answer viewer = people.join("viewer").client().get("/api/v1/session").expect(200);

        assertThat(viewer.text("/teams/0/role")).isEqualTo("viewer");
        assertThat(viewer.body()).contains("applications:read").doesNotContain("applications:write");
    }

    @Test
    void adminCannotMakeOrTouchAnOwner() {
        String team = people.newTeam("Escalation");
        Person admin = people.join(people.owner(), team, "admin", List.of());
        String adminId = member(team, admin);
        String ownerId = member(team, people.owner());

        patch(admin, team, adminId, Map.of("role", "owner")).expectProblem(403, "forbidden");
        patch(admin, team, ownerId, Map.of("role", "viewer")).expectProblem(403, "forbidden");
        admin.client().delete("/api/v1/teams/" + team + "/members/" + ownerId).expectProblem(403, "forbidden");
        admin.client()
                .post("/api/v1/teams/" + team + "/invitations", Map.of("email", "x@example.com", "role", "owner"))
                .expectProblem(403, "forbidden");
    }

    @Test
    void developerCannotChangeMembersAtAll() {
        Person developer = people.join("developer");
        String own = member(people.team(), developer);

        patch(developer, people.team(), own, Map.of("role", "admin")).expectProblem(403, "forbidden");
        developer
                .client()
                .post(
                        "/api/v1/teams/" + people.team() + "/invitations",
                        Map.of("email", "x@example.com", "role", "viewer"))
                .expectProblem(403, "forbidden");
    }

    @Test
    void memberOfOneTeamIsNoPathIntoAnother() {
        String team = people.newTeam("Paths");
        Person victim = people.join("viewer");
        String victimId = member(people.team(), victim);

        patch(people.owner(), team, victimId, Map.of("role", "admin")).expect(404);
        people.owner()
                .client()
                .delete("/api/v1/teams/" + team + "/members/" + victimId)
                .expect(404);
    }

    @Test
    void lastOwnerStays() {
        String team = people.newTeam("Owned");
        String own = member(team, people.owner());

        people.owner().client().post("/api/v1/teams/" + team + "/leave").expectProblem(409, "last-owner");
        patch(people.owner(), team, own, Map.of("role", "admin")).expectProblem(409, "last-owner");
        people.owner()
                .client()
                .delete("/api/v1/teams/" + team + "/members/" + own)
                .expectProblem(409, "last-owner");
    }

    @Test
    void ofTwoOwnersWhoLeaveAtOnceOneStays() throws Exception {
        String team = people.newTeam("Two owners");
        Person second = people.join(people.owner(), team, "owner", List.of());
        Person first = people.owner();
        List<Callable<Answer>> leaving = List.of(
                () -> first.client().post("/api/v1/teams/" + team + "/leave"),
                () -> second.client().post("/api/v1/teams/" + team + "/leave"));

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(leaving)) {
                statuses.add(answer.get().status());
            }
        }

        assertThat(statuses).containsExactlyInAnyOrder(204, 409);
    }

    @Test
    void removedMemberLosesAccessAndTokensAtOnce() {
        Person developer = people.join("developer");
        Client token = people.withToken(developer, people.team(), "applications:read", "team:read");
        token.get("/api/v1/teams/" + people.team()).expect(200);

        people.owner()
                .client()
                .delete("/api/v1/teams/" + people.team() + "/members/" + member(people.team(), developer))
                .expect(204);

        token.get("/api/v1/teams/" + people.team()).expectProblem(401, "token-invalid");
        developer.client().get("/api/v1/teams/" + people.team()).expect(404);
    }

    @Test
    void roleOnOneProjectShowsThatProjectOnly() {
        String shop = project("Shop");
        String blog = project("Blog");
        Person person = people.join(
                people.owner(),
                people.team(),
                "none",
                List.of(Map.of("scope", Map.of("projectId", shop), "role", "developer")));

        person.client().get("/api/v1/projects/" + shop).expect(200);
        person.client().get("/api/v1/projects/" + blog).expect(404);
        assertThat(person.client()
                        .get("/api/v1/teams/" + people.team() + "/projects?limit=200")
                        .expect(200)
                        .body())
                .contains(shop)
                .doesNotContain(blog);
        person.client()
                .post("/api/v1/teams/" + people.team() + "/projects", Map.of("name", "More"))
                .expectProblem(403, "forbidden");
        person.client().get("/api/v1/teams/" + people.team() + "/members").expectProblem(403, "forbidden");
        assertThat(person.client().get("/api/v1/session").expect(200).text("/teams/0/grants/0/scope/projectId"))
                .isEqualTo(shop);
    }

    @Test
    void roleOnOneEnvironmentShowsTheWayThereOnly() {
        String shop = project("Shop");
        Client owner = people.owner().client();
        String production = owner.get("/api/v1/projects/" + shop + "/environments")
                .expect(200)
                .text("/items/0/id");
        String staging = owner.post("/api/v1/projects/" + shop + "/environments", Map.of("name", "staging"))
                .expect(201)
                .text("id");
        Person person = people.join("none");
        patch(
                        people.owner(),
                        people.team(),
                        member(people.team(), person),
                        Map.of("grants", List.of(Map.of("scope", Map.of("environmentId", staging), "role", "viewer"))))
                .expect(200);

        person.client().get("/api/v1/environments/" + staging).expect(200);
        person.client().get("/api/v1/environments/" + production).expect(404);
        assertThat(person.client()
                        .get("/api/v1/projects/" + shop + "/environments")
                        .expect(200)
                        .body())
                .contains(staging)
                .doesNotContain(production);
        person.client()
                .post("/api/v1/projects/" + shop + "/environments", Map.of("name", "more"))
                .expectProblem(403, "forbidden");
    }

    @Test
    void grantsMustNamePartsOfTheTeam() {
        Person person = people.join("viewer");
        String id = member(people.team(), person);
        String team = people.newTeam("Foreign");
        String foreign = people.owner()
                .client()
                .post("/api/v1/teams/" + team + "/projects", Map.of("name", "Foreign"))
                .expect(201)
                .text("id");

        for (Map<String, ?> grant : List.of(
                Map.of("scope", Map.of("projectId", foreign), "role", "viewer"),
                Map.of("scope", Map.of("projectId", "../../etc"), "role", "viewer"),
                Map.of("scope", Map.of(), "role", "viewer"),
                Map.of("scope", Map.of("projectId", project("Grantable")), "role", "owner"))) {
            patch(people.owner(), people.team(), id, Map.of("grants", List.of(grant)))
                    .expectProblem(422, "invalid-input");
        }
    }

    @Test
    void membersAreListedPageByPage() {
        String team = people.newTeam("Pages");
        for (int i = 0; i < 4; i++) {
            people.join(people.owner(), team, "viewer", List.of());
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = people.owner()
                    .client()
                    .get("/api/v1/teams/" + team + "/members?limit=2&cursor=" + cursor)
                    .expect(200);
            page.json()
                    .path("items")
                    .forEach(member -> seen.add(member.path("id").asString()));
            JsonNode next = page.json().path("nextCursor");
            cursor = next.isMissingNode() ? "" : next.asString();
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    private String project(String name) {
        return people.owner()
                .client()
                .post("/api/v1/teams/" + people.team() + "/projects", Map.of("name", name + " " + System.nanoTime()))
                .expect(201)
                .text("id");
    }

    private Answer patch(Person person, String team, String member, Map<String, ?> change) {
        return person.client().patch("/api/v1/teams/" + team + "/members/" + member, change);
    }

    private String member(String team, Person person) {
        Answer members = people.owner()
                .client()
                .get("/api/v1/teams/" + team + "/members?limit=200")
                .expect(200);
        for (JsonNode member : members.json().path("items")) {
            if (member.path("userId").asString().equals(person.userId())) {
                return member.path("id").asString();
            }
        }
        throw new AssertionError(person.email() + " is not in " + members.body());
    }
}
