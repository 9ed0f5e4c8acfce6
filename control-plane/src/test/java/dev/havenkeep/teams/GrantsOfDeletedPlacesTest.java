package dev.havenkeep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@OnBothDatabases
class GrantsOfDeletedPlacesTest {

    private final People people;
    private final Client owner;
    private final Database database;
    private final String team;

    GrantsOfDeletedPlacesTest(Havenkeep haven) {
        people = People.of(haven);
        owner = people.owner().client();
        database = haven.bean(Database.class);
        team = people.newTeam("Grants");
    }

    @Test
    void grantsGoWithWhatTheyAreOnAndTheOthersStay() {
        String project = made("/api/v1/teams/" + team + "/projects");
        String other = made("/api/v1/teams/" + team + "/projects");
        String environment = made("/api/v1/projects/" + project + "/environments");
        List<Map<String, Object>> grants = List.of(
                Map.of("scope", Map.of("projectId", project), "role", "viewer"),
                Map.of("scope", Map.of("environmentId", environment), "role", "developer"),
                Map.of("scope", Map.of("projectId", other), "role", "viewer"));
        people.join(people.owner(), team, "none", grants);
        owner.post(
                        "/api/v1/teams/" + team + "/invitations",
                        Map.of("email", "open@example.com", "role", "none", "grants", grants))
                .expect(201);

        owner.delete("/api/v1/environments/" + environment).expect(204);

        assertThat(granted("members")).containsExactlyInAnyOrder(project, other);
        assertThat(granted("invitations")).containsExactlyInAnyOrder(project, other);

        owner.delete("/api/v1/projects/" + project).expect(204);

        assertThat(granted("members")).containsExactly(other);
        assertThat(granted("invitations")).containsExactly(other);
        assertThat(database.read()
                        .sql("SELECT count(*) FROM grants WHERE project_id = :project")
                        .param("project", project)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private String made(String path) {
        return owner.post(path, Map.of("name", "p" + UUID.randomUUID()))
                .expect(201)
                .text("id");
    }

    /** The projects on which anybody is granted something. */
    private List<String> granted(String kind) {
        return owner.get("/api/v1/teams/" + team + "/" + kind)
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .flatMap(item -> item.path("grants").valueStream())
                .map(grant -> grant.at("/scope/projectId"))
                .map(JsonNode::asString)
                .toList();
    }
}
