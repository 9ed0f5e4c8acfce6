package dev.havenkeep.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class AuditTest {

    private static final String CANARY = "canary-7f3a9c";

    private final Havenkeep haven;
    private final People people;
    private final String path;

    AuditTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
        this.path = "/api/v1/teams/" + people.team() + "/audit-events";
    }

    @Test
    void mutationLeavesWhoWhatWhereAndInWhichRequest() {
        Person admin = people.join("admin");

        Answer made = admin.client()
                .with("X-Request-ID", "request-of-" + admin.userId())
                .post(
                        "/api/v1/teams/" + people.team() + "/tokens",
                        Map.of("name", "CI of " + admin.email(), "permissions", List.of("team:read")))
                .expect(201);

        Answer found = query("actor=" + admin.userId() + "&action=token.created");
        assertThat(found.text("/items/0/actor/kind")).isEqualTo("person");
        assertThat(found.text("/items/0/actor/name")).isEqualTo(admin.email());
        assertThat(found.text("/items/0/actor/address")).isEqualTo("127.0.0.1");
        assertThat(found.text("/items/0/requestId")).isEqualTo("request-of-" + admin.userId());
        assertThat(found.text("/items/0/target/id")).isEqualTo(made.text("id"));
        assertThat(found.text("/items/0/changes/permissions/0")).isEqualTo("team:read");
        assertThat(found.body()).doesNotContain(made.text("token"));
    }

    @Test
    void whatATokenDoesNamesTheToken() {
        Answer made = people.token(
                        people.owner(),
                        people.team(),
                        Map.of("name", "deployer", "permissions", List.of("projects:write")))
                .expect(201);
        String project = haven.anonymous()
                .withToken(made.text("token"))
                .post("/api/v1/teams/" + people.team() + "/projects", Map.of("name", "By token " + System.nanoTime()))
                .expect(201)
                .text("id");

        Answer found = query("target=" + project + "&action=project.created");

        assertThat(found.text("/items/0/actor/kind")).isEqualTo("token");
        assertThat(found.text("/items/0/actor/tokenId")).isEqualTo(made.text("id"));
        assertThat(found.text("/items/0/actor/userId")).isEqualTo(people.owner().userId());
        assertThat(found.text("/items/0/place/projectId")).isEqualTo(project);
    }

    @Test
    void signInsAndFailuresAreTheFirstTeamsToSee() {
        Person person = people.join("viewer");
        people.signIn(haven.anonymous(), person.email(), "wrong " + CANARY).expect(401);

        Answer refused = query("action=session.refused&target=" + person.email());
        assertThat(refused.text("/items/0/actor/kind")).isEqualTo("anonymous");
        assertThat(query("action=session.started&actor=" + person.userId())
                        .json()
                        .path("items")
                        .size())
                .isPositive();

        String other = people.newTeam("Sees nothing of it");
        Answer elsewhere = people.owner()
                .client()
                .get("/api/v1/teams/" + other + "/audit-events?action=session.")
                .expect(200);
        assertThat(elsewhere.json().path("items").size()).isZero();
    }

    @Test
    void deniedAccessesStandInTheLogOfWhoseThingsTheyWere() {
        Person viewer = people.join("viewer");
        String other = people.newTeam("Curiosity");
        viewer.client().get("/api/v1/teams/" + other + "/members").expect(404);
        viewer.client().get("/api/v1/teams/" + other + "/members").expect(404);
        viewer.client().delete("/api/v1/teams/" + people.team()).expect(403);

        Answer unknown = people.owner()
                .client()
                .get("/api/v1/teams/" + other + "/audit-events?action=access.denied&actor=" + viewer.userId())
                .expect(200);
        assertThat(unknown.json().path("items").size()).isEqualTo(1);
        assertThat(unknown.json().at("/items/0/changes/status").asInt()).isEqualTo(404);
        Answer refused = query("action=access.denied&actor=" + viewer.userId());
        assertThat(refused.text("/items/0/target/id")).isEqualTo("DELETE");
        assertThat(refused.text("/items/0/target/name")).isEqualTo("/api/v1/teams/" + people.team());
    }

    @Test
    void eventAndChangeHappenTogetherOrNotAtAll() {
        Database database = haven.bean(Database.class);
        AuditLog log = haven.bean(AuditLog.class);
        Audited audited =
                new Audited("test.undone", Scope.of(new TeamId(people.team())), "test", "undone", "undone", Map.of());

        assertThatThrownBy(() -> database.transaction(() -> {
                    log.write(audited);
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");

        assertThat(query("action=test.undone").json().path("items").size()).isZero();
    }

    @Test
    void canaryIsNeverWrittenDown() {
        haven.bean(Database.class).transaction(() -> {
            try (Caller.Bound _ = Caller.bind(Caller.system("test"))) {
                haven.bean(AuditLog.class)
                        .write(new Audited(
                                "test.canary",
                                Scope.of(new TeamId(people.team())),
                                "test",
                                "canary",
                                "https://user:" + CANARY + "@example.com",
                                Map.of(
                                        "value",
                                        Secret.of(CANARY),
                                        "password",
                                        CANARY,
                                        "nested",
                                        Map.of("list", List.of(Secret.of(CANARY), Map.of("token", CANARY))))));
            }
        });

        assertThat(query("action=test.canary").json().path("items").size()).isEqualTo(1);
        assertThat(haven.bean(Database.class)
                        .read()
                        .sql("SELECT * FROM audit_events")
                        .query()
                        .listOfRows()
                        .toString())
                .doesNotContain(CANARY)
                .contains("[secret]");
    }

    @Test
    void eventsAreReadPageByPageAndExportedAsAWhole() {
        String team = people.newTeam("Pages");
        for (int i = 0; i < 4; i++) {
            people.join(people.owner(), team, "viewer", List.of());
        }
        Client owner = people.owner().client();
        String events = "/api/v1/teams/" + team + "/audit-events";

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = owner.get(events + "?limit=3&cursor=" + cursor).expect(200);
            page.json().path("items").forEach(event -> seen.add(event.path("id").asString()));
            cursor = page.json().path("nextCursor").asString("");
        } while (!cursor.isEmpty());

        assertThat(seen).hasSize(9).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
        Answer export = owner.get(events + "/export").expect(200);
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(export.header("Content-Disposition")).contains("attachment");
        assertThat(export.body().lines()).hasSize(9).allMatch(line -> line.startsWith("{\"id\":"));
    }

    @Test
    void filtersNarrow() {
        String since = haven.clock().instant().toString();
        Person person = people.join("viewer");

        assertThat(query("since=" + since + "&action=member.&target=" + person.email())
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(query("until=2020-01-01T00:00:00Z").json().path("items").size())
                .isZero();
        assertThat(query("action=ember.").json().path("items").size()).isZero();
        assertThat(query("target=%25").json().path("items").size()).isZero();
        assertThat(query("action=member&actor=PERSON&since=" + since)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        people.owner().client().get(path + "?since=yesterday").expectProblem(422, "invalid-input");
        people.owner().client().get(path + "?cursor=%00").expect(422);
    }

    @Test
    void eventsAreForThoseWhoMayReadThemAndNobodyChangesThem() {
        people.join("developer").client().get(path).expectProblem(403, "forbidden");
        people.join("admin").client().get(path).expect(200);
        people.owner().client().delete(path).expect(405);
    }

    private Answer query(String parameters) {
        return people.owner().client().get(path + "?" + parameters).expect(200);
    }
}
