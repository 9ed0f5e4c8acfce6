package dev.havenkeep.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.deployments.Streams.Event;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream of a team's changes: what it tells, to whom, from where on, and when it ends. */
@OnBothDatabases
@Timeout(120)
class EventsTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Havenkeep haven;
    private final People people;
    private final Client owner;
    private final String team;

    EventsTest(Havenkeep haven) {
        this.haven = haven;
        this.people = People.of(haven);
        this.owner = people.owner().client();
        this.team = people.newTeam("Events");
    }

    @Test
    void changesOfEveryKindAreHeard() {
        try (Streams stream = open(owner, team, null)) {
            String project = project("Heard");
            String environment = environment(project);
            String application = application(environment);
            owner.post(application + "/variables", Map.of("name", "COLOUR", "value", "red"))
                    .expect(201);
            String domain = owner.post(
                            application + "/domains",
                            Map.of("host", UUID.randomUUID() + ".example.com", "certificate", "none"))
                    .expect(201)
                    .header("Location");
            owner.delete(domain).expect(204);
            owner.post("/api/v1/teams/" + team + "/git-credentials", Map.of("name", "g", "kind", "deploy-key"))
                    .expect(201);
            people.join(people.owner(), team, "viewer", List.of());
            people.token(people.owner(), team, Map.of("name", "t", "permissions", List.of("team:read")))
                    .expect(201);
            owner.with("If-Match", "*")
                    .patch("/api/v1/teams/" + team, Map.of("name", "Events again"))
                    .expect(200);

            List<String> heard = types(stream.until(event -> event.data().contains("\"team.updated\"")));

            assertThat(heard)
                    .startsWith("stream.opened", "project.created")
                    .contains("server.created")
                    .contains(
                            "project.created",
                            "environment.created",
                            "application.created",
                            "application.updated",
                            "variables.updated",
                            "domain.created",
                            "domain.deleted",
                            "git-credential.created",
                            "invitation.created",
                            "member.created",
                            "token.created");
        }
    }

    @Test
    void whoComesBackHearsWhatTheyMissed() {
        @Nullable String seen;
        try (Streams stream = open(owner, team, null)) {
            project("Before");
            seen = stream.until(event -> event.data().contains("\"project.created\""))
                    .getLast()
                    .id();
        }
        String missed = project("Missed");

        try (Streams stream = open(owner, team, seen)) {
            List<Event> events = stream.until(event -> event.data().contains(id(missed)));
            assertThat(types(events))
                    .doesNotContain("stream.opened", "stream.reset")
                    .contains("project.created");
        }
        try (Streams stream = open(owner, team, "0123456789abcdef-7")) {
            assertThat(types(stream.until(event -> true))).containsExactly("stream.reset");
        }
    }

    @Test
    void nobodyHearsOfWhatTheyMayNotRead() {
        String mine = project("Mine");
        String token = people.token(
                        people.owner(),
                        team,
                        Map.of(
                                "name",
                                "of one project",
                                "permissions",
                                List.of("team:read", "projects:read", "applications:read", "members:read"),
                                "projectIds",
                                List.of(id(mine))))
                .expect(201)
                .text("token");
        String elsewhere = people.newTeam("Elsewhere");

        try (Streams stream = open(haven.anonymous().withToken(token), team, null)) {
            owner.post("/api/v1/teams/" + elsewhere + "/projects", Map.of("name", "Not theirs"))
                    .expect(201);
            String other = project("Other");
            people.join(people.owner(), team, "viewer", List.of());
            String environment = environment(mine);

            List<Event> heard = stream.until(event -> event.data().contains(id(environment)));

            assertThat(types(heard)).containsExactly("stream.opened", "environment.created");
            assertThat(heard.toString()).doesNotContain(id(other), elsewhere);
        }
        haven.anonymous()
                .withToken(token)
                .get("/api/v1/events?team=" + elsewhere)
                .expectProblem(404, "not-found");
    }

    @Test
    void streamEndsWhenTheSessionDoes() {
        Person person = people.join(people.owner(), team, "viewer", List.of());
        String id = person.client().get("/api/v1/sessions").text("/items/0/id");

        endsAfter(
                person.client(),
                401,
                client -> client.delete("/api/v1/sessions/" + id).expect(204));
    }

    @Test
    void streamEndsWhenTheTokenIsRevoked() {
        var made = people.token(people.owner(), team, Map.of("name", "r", "permissions", List.of("team:read")))
                .expect(201);

        endsAfter(
                haven.anonymous().withToken(made.text("token")),
                401,
                client -> owner.delete("/api/v1/teams/" + team + "/tokens/" + made.text("id"))
                        .expect(204));
    }

    @Test
    void streamEndsWhenTheRoleIsTakenAway() {
        Person person = people.join(people.owner(), team, "developer", List.of());
        String member = "";
        for (JsonNode item :
                owner.get("/api/v1/teams/" + team + "/members").json().path("items")) {
            if (item.path("userId").asString().equals(person.userId())) {
                member = item.path("id").asString();
            }
        }
        String removed = "/api/v1/teams/" + team + "/members/" + member;

        endsAfter(person.client(), 404, client -> owner.delete(removed).expect(204));
    }

    private void endsAfter(Client listener, int status, Consumer<Client> revocation) {
        try (Streams stream = open(listener, team, null)) {
            assertThat(types(stream.until(event -> true))).containsExactly("stream.opened");

            revocation.accept(listener);
            haven.clock().advance(Duration.ofSeconds(5));
            long since = System.nanoTime();

            List<Event> rest = stream.until(event -> false);
            assertThat(rest.getLast().name()).isEqualTo("problem");
            assertThat(JSON.readTree(rest.getLast().data()).path("status").asInt())
                    .isEqualTo(status);
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(30));
        }
    }

    private static Streams open(Client client, String team, @Nullable String lastEventId) {
        Client listener = lastEventId == null ? client : client.with("Last-Event-ID", lastEventId);
        return Streams.open(listener, "/api/v1/events?team=" + team);
    }

    private static List<String> types(List<Event> events) {
        return events.stream()
                .map(event -> JSON.readTree(event.data()).path("type").asString())
                .toList();
    }

    private static String id(String location) {
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String project(String name) {
        return owner.post("/api/v1/teams/" + team + "/projects", Map.of("name", name + " " + UUID.randomUUID()))
                .expect(201)
                .header("Location");
    }

    private String environment(String project) {
        return owner.post(project + "/environments", Map.of("name", "e" + UUID.randomUUID()))
                .expect(201)
                .header("Location");
    }

    private String application(String environment) {
        String server = owner.post(
                        "/api/v1/teams/" + team + "/servers",
                        Map.of("name", "s", "kind", "ssh", "host", "127.0.0.1", "port", 1))
                .expect(201)
                .text("id");
        return owner.post(
                        environment + "/applications",
                        Map.of(
                                "name",
                                "a",
                                "serverId",
                                server,
                                "port",
                                80,
                                "source",
                                Map.of("kind", "image", "image", "nginx:1.27")))
                .expect(201)
                .header("Location");
    }
}
