package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class IdempotencyTest {

    private final Havenkeep haven;
    private final People people;
    private final Client owner;
    private final String projects;
    private final String key = UUID.randomUUID().toString();

    IdempotencyTest(Havenkeep haven) {
        this.haven = haven;
        people = People.of(haven);
        owner = people.owner().client();
        projects = "/api/v1/teams/" + people.newTeam("Idempotent " + System.nanoTime()) + "/projects";
    }

    @Test
    void repeatedRequestGetsTheFirstAnswerAndHasNoSecondEffect() {
        Client client = owner.with("Idempotency-Key", key);
        Answer first = client.post(projects, Map.of("name", "Once")).expect(201);

        Answer second = client.post(projects, Map.of("name", "Once")).expect(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(owner.get(projects).json().at("/items").size()).isEqualTo(1);
    }

    @Test
    void deletionIsReplayedThoughTheThingIsGone() {
        String project = owner.post(projects, Map.of("name", "Gone")).header("Location");
        Client client = owner.with("Idempotency-Key", key);
        client.delete(project).expect(204);

        client.delete(project).expect(204);

        owner.delete(project).expectProblem(404, "not-found");
    }

    @Test
    void keyWithAnotherBodyIsRefused() {
        Client client = owner.with("Idempotency-Key", key);
        client.post(projects, Map.of("name", "One")).expect(201);

        client.post(projects, Map.of("name", "Two")).expectProblem(422, "idempotency-key-reused");
    }

    @Test
    void keyBelongsToItsCallerAndPath() {
        Client client = owner.with("Idempotency-Key", key);
        String project =
                client.post(projects, Map.of("name", "Mine")).expect(201).header("Location");
        client.post(project + "/environments", Map.of("name", "mine")).expect(201);
        Client other = people.join("developer").client().with("Idempotency-Key", key);

        Answer answer = other.post("/api/v1/teams/" + people.team() + "/projects", Map.of("name", "P" + key))
                .expect(201);
        assertThat(answer.headers().firstValue("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void refusedRequestMayBeTriedAgainUnderTheSameKey() {
        Client client = owner.with("Idempotency-Key", key);
        Answer taken = owner.post(projects, Map.of("name", "Taken")).expect(201);
        client.post(projects, Map.of("name", "Taken")).expectProblem(409, "project-exists");
        owner.delete(taken.header("Location")).expect(204);

        client.post(projects, Map.of("name", "Taken")).expect(201);
    }

    @Test
    void ofRequestsAtTheSameTimeOneIsCarriedOut() throws Exception {
        Client client = owner.with("Idempotency-Key", key);
        List<Callable<Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            requests.add(() -> client.post(projects, Map.of("name", "Parallel")));
        }
        List<Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 201) {
                answer.expectProblem(409, "idempotency-in-progress");
            }
        });
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .filter(answer -> answer.headers()
                                .firstValue("Idempotency-Replayed")
                                .isEmpty()))
                .hasSize(1);
        assertThat(owner.get(projects).json().at("/items").size()).isEqualTo(1);
    }

    @Test
    void keyIsForgottenAfterADay(dev.havenkeep.testing.Kernel kernel) {
        IdempotencyStore store = new IdempotencyStore(kernel.database(), kernel.secrets(), kernel.json());
        assertThat(store.take("a", "hash", "here", kernel.clock().instant())).isEmpty();
        store.keep("a", new IdempotencyStore.Answer(200, Map.of(), ""));
        assertThat(store.take("a", "hash", "here", kernel.clock().instant())).isPresent();

        kernel.clock().advance(Duration.ofHours(25));

        assertThat(store.take("a", "hash", "here", kernel.clock().instant())).isEmpty();
        kernel.clock().advance(Duration.ofHours(25));
        assertThat(store.deleteOld(kernel.clock().instant())).isEqualTo(1);
    }

    @Test
    void keyOfARequestThatTheEndOfTheProcessInterruptedIsFreeAgain(dev.havenkeep.testing.Kernel kernel) {
        IdempotencyStore store = new IdempotencyStore(kernel.database(), kernel.secrets(), kernel.json());
        store.take("interrupted", "hash", "this", kernel.clock().instant());
        store.take("elsewhere", "hash", "other", kernel.clock().instant());

        assertThat(store.releaseUnanswered("this")).isEqualTo(1);

        assertThat(store.take("interrupted", "hash", "this", kernel.clock().instant()))
                .isEmpty();
        assertThat(store.take("elsewhere", "hash", "this", kernel.clock().instant()))
                .isPresent();
        store.releaseUnanswered("this");
        store.releaseUnanswered("other");
    }

    @Test
    void oneTimeSecretInAnAnswerIsSealedInTheDatabase() {
        Answer token = people.token(
                        new People.Person(owner.with("Idempotency-Key", key), "", ""),
                        people.team(),
                        Map.of("name", "sealed", "permissions", List.of("team:read")))
                .expect(201);

        List<String> answers = haven
                .bean(Database.class)
                .read()
                .sql("SELECT coalesce(answer, '') FROM idempotency_keys")
                .query(String.class)
                .list()
                .stream()
                .map(String::valueOf)
                .toList();
        assertThat(answers).noneMatch(answer -> answer.contains(token.text("token")) || answer.contains("{"));
        assertThat(people.token(
                                new People.Person(owner.with("Idempotency-Key", key), "", ""),
                                people.team(),
                                Map.of("name", "sealed", "permissions", List.of("team:read")))
                        .text("token"))
                .isEqualTo(token.text("token"));
    }

    @Test
    void keyHasAForm() {
        owner.with("Idempotency-Key", "with space")
                .post(projects, Map.of("name", "x"))
                .expectProblem(422, "invalid-input");
        owner.with("Idempotency-Key", "x".repeat(256))
                .post(projects, Map.of("name", "x"))
                .expectProblem(422, "invalid-input");
    }
}
