package dev.havenkeep.projects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class ProjectsApiTest {

    private final People people;
    private final Client owner;
    private final String team;

    ProjectsApiTest(Havenkeep haven) {
        people = People.of(haven);
        owner = people.owner().client();
        team = people.newTeam("Projects " + System.nanoTime());
    }

    @Test
    void projectBeginsWithItsEnvironmentProduction() {
        Answer created = owner.post(projects(), Map.of("name", "Shop", "description", "Sells things"))
                .expect(201);

        assertThat(created.header("Location")).isEqualTo("/api/v1/projects/" + created.text("id"));
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.text("teamId")).isEqualTo(team);
        Answer read = owner.get(created.header("Location")).expect(200);
        assertThat(read.json()).isEqualTo(created.json());
        Answer environments =
                owner.get(created.header("Location") + "/environments").expect(200);
        assertThat(environments.json().at("/items").size()).isEqualTo(1);
        assertThat(environments.text("/items/0/name")).isEqualTo("production");
        assertThat(environments.text("/items/0/projectId")).isEqualTo(created.text("id"));
    }

    @Test
    void nameMayBeOfAnyScriptButStaysOnOneLine() {
        for (String name :
                List.of("Bäckerei Müller & Söhne", "店舗", "a'; DROP TABLE projects; --", "${{x}} `id` 👩‍🚀")) {
            assertThat(owner.post(projects(), Map.of("name", name)).expect(201).text("name"))
                    .isEqualTo(name);
        }
        for (String name : List.of("", "  ", "two\nlines", "nul\0", "x".repeat(81), "x".repeat(65_536), "\u202Eabc")) {
            Answer refused = owner.post(projects(), Map.of("name", name)).expectProblem(422, "invalid-input");
            assertThat(refused.text("/fields/0/path")).isEqualTo("name");
        }
    }

    @Test
    void nameIsUniqueInItsTeamWhateverTheCase() {
        owner.post(projects(), Map.of("name", "Ärger")).expect(201);
        owner.post(projects(), Map.of("name", "äRGER")).expectProblem(409, "project-exists");

        String other = people.newTeam("Other " + System.nanoTime());
        owner.post("/api/v1/teams/" + other + "/projects", Map.of("name", "Ärger"))
                .expect(201);
    }

    @Test
    void ofManyRequestsForOneNameExactlyOneSucceeds() throws Exception {
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(() -> owner.post(projects(), Map.of("name", "Raced")).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(requests)) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void changeNeedsTheVersionThatItWasMadeFor() {
        Answer created = owner.post(projects(), Map.of("name", "Versioned", "description", "old"))
                .expect(201);
        String path = created.header("Location");

        owner.patch(path, Map.of("name", "New")).expectProblem(428, "precondition-required");
        Answer changed = owner.with("If-Match", created.header("ETag"))
                .patch(path, Map.of("name", "New"))
                .expect(200);
        assertThat(changed.text("name")).isEqualTo("New");
        assertThat(changed.text("description")).isEqualTo("old");
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        owner.with("If-Match", created.header("ETag"))
                .patch(path, Map.of("name", "Newer"))
                .expectProblem(412, "precondition-failed");
        Answer cleared = owner.with("If-Match", changed.header("ETag"))
                .patch(path, "{\"description\":null}")
                .expect(200);
        assertThat(cleared.json().has("description")).isFalse();
    }

    @Test
    void listIsPagedAndComplete() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            made.add(owner.post(projects(), Map.of("name", "Paged " + i))
                    .expect(201)
                    .text("id"));
        }

        Set<String> seen = new HashSet<>();
        String cursor = "";
        int pages = 0;
        while (true) {
            Answer page = owner.get(projects() + "?limit=3" + cursor).expect(200);
            for (JsonNode item : page.json().at("/items")) {
                seen.add(item.path("id").asString());
            }
            pages++;
            if (!page.json().has("nextCursor")) {
                break;
            }
            cursor = "&cursor=" + page.text("nextCursor");
        }

        assertThat(seen).isEqualTo(made);
        assertThat(pages).isEqualTo(3);
        owner.get(projects() + "?limit=0").expectProblem(422, "invalid-input");
        owner.get(projects() + "?cursor=%25").expectProblem(422, "invalid-input");
    }

    @Test
    void environmentsHaveNamesLikeHosts() {
        String project = owner.post(projects(), Map.of("name", "Environments"))
                .expect(201)
                .header("Location");
        Answer staging =
                owner.post(project + "/environments", Map.of("name", "staging")).expect(201);

        owner.post(project + "/environments", Map.of("name", "staging")).expectProblem(409, "environment-exists");
        for (String name : List.of("Staging", "-a", "a-", "a b", "ä", "", "x".repeat(41))) {
            owner.post(project + "/environments", Map.of("name", name)).expectProblem(422, "invalid-input");
        }
        owner.with("If-Match", "\"1\"")
                .patch(staging.header("Location"), Map.of("name", "production"))
                .expectProblem(409, "environment-exists");
        Answer renamed = owner.with("If-Match", "\"1\"")
                .patch(staging.header("Location"), Map.of("name", "qa"))
                .expect(200);
        assertThat(renamed.text("name")).isEqualTo("qa");
        owner.delete(staging.header("Location")).expect(204);
        owner.get(staging.header("Location")).expectProblem(404, "not-found");
    }

    @Test
    void deletedProjectTakesItsEmptyEnvironmentsAlong() {
        Answer project = owner.post(projects(), Map.of("name", "Deleted")).expect(201);
        String environment =
                owner.get(project.header("Location") + "/environments").text("/items/0/id");

        owner.delete(project.header("Location")).expect(204);

        owner.get(project.header("Location")).expectProblem(404, "not-found");
        owner.get("/api/v1/environments/" + environment).expectProblem(404, "not-found");
        owner.post(projects(), Map.of("name", "Deleted")).expect(201);
    }

    @Test
    void teamWithProjectsStays() {
        owner.post(projects(), Map.of("name", "Keeps its team")).expect(201);

        Answer refused = owner.delete("/api/v1/teams/" + team).expectProblem(409, "team-not-empty");

        assertThat(refused.text("detail")).contains("Keeps its team");
    }

    @Test
    void personWithAGrantOnOneProjectSeesThatOne() {
        String mine = owner.post(projects(), Map.of("name", "Mine")).expect(201).text("id");
        String other =
                owner.post(projects(), Map.of("name", "Not mine")).expect(201).text("id");
        Client guest = people.join(
                        people.owner(),
                        team,
                        "none",
                        List.of(Map.of("scope", Map.of("projectId", mine), "role", "developer")))
                .client();

        Answer list = guest.get(projects()).expect(200);

        assertThat(list.json().at("/items").size()).isEqualTo(1);
        assertThat(list.text("/items/0/id")).isEqualTo(mine);
        guest.get("/api/v1/projects/" + other).expectProblem(404, "not-found");
        guest.post("/api/v1/projects/" + mine + "/environments", Map.of("name", "own"))
                .expect(201);
        guest.delete("/api/v1/projects/" + mine).expectProblem(403, "forbidden");
        guest.post(projects(), Map.of("name", "Another")).expectProblem(403, "forbidden");
    }

    @Test
    void everyChangeIsAudited() {
        Answer project = owner.with("X-Request-ID", "audited-1")
                .post(projects(), Map.of("name", "Audited"))
                .expect(201);
        owner.delete(project.header("Location")).expect(204);

        String events =
                owner.get("/api/v1/teams/" + team + "/audit-events").expect(200).body();

        assertThat(events)
                .contains("project.created", "environment.created", "project.deleted", "environment.deleted")
                .contains("audited-1")
                .contains("Audited");
    }

    private String projects() {
        return "/api/v1/teams/" + team + "/projects";
    }
}
