package dev.havenkeep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The first run, in the order in which an operator (and whoever races them) would try things. */
@OnBothDatabases
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SetupTest {

    private static final Map<DatabaseKind, Havenkeep> APPLICATIONS = new EnumMap<>(DatabaseKind.class);

    private final Havenkeep haven;
    private final Client anybody;
    private final Path tokenFile;

    SetupTest(DatabaseKind kind) {
        haven = APPLICATIONS.computeIfAbsent(kind, missing -> Havenkeep.start(missing, Map.of()));
        anybody = haven.anonymous();
        tokenFile = haven.dataFolder().resolve("setup-token");
    }

    @Test
    @Order(0)
    void nobodyIsThereYet() {
        assertThat(anybody.get("/api/v1/setup")
                        .expect(200)
                        .json()
                        .path("required")
                        .asBoolean())
                .isTrue();
    }

    @AfterAll
    static void close() {
        APPLICATIONS.values().forEach(Havenkeep::close);
        APPLICATIONS.clear();
    }

    @Test
    @Order(1)
    void tokenFileIsReadableByTheOperatorOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokenFile)))
                .isEqualTo("rw-------");
    }

    @Test
    @Order(2)
    void wrongTokenIsRefusedAndNothingIsMade() {
        anybody.post("/api/v1/setup", setup("wrong", "thief@example.com")).expectProblem(403, "setup-token-wrong");
        anybody.post("/api/v1/setup", setup("", "thief@example.com")).expectProblem(403, "setup-token-wrong");

        assertThat(anybody.get("/api/v1/setup").json().path("required").asBoolean())
                .isTrue();
    }

    @Test
    @Order(3)
    void badValuesDoNotUseUpTheToken() {
        String token = People.setupToken(haven);

        anybody.post("/api/v1/setup", setup(token, "no address")).expectProblem(422, "invalid-input");
        Answer weak = anybody.post(
                "/api/v1/setup",
                Map.of(
                        "token", token,
                        "email", "owner@example.com",
                        "name", "Owner",
                        "password", "short",
                        "teamName", "Team"));

        assertThat(weak.expectProblem(422, "invalid-input").body()).contains("password");
    }

    @Test
    @Order(4)
    void ofTwoWhoRaceWithTheTokenOneBecomesOwner() throws Exception {
        String token = People.setupToken(haven);
        List<Callable<Answer>> racers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String email = "racer" + i + "@example.com";
            racers.add(() -> anybody.post("/api/v1/setup", setup(token, email)));
        }

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> racer : threads.invokeAll(racers)) {
                statuses.add(racer.get().status());
            }
        }

        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status != 201).allMatch(status -> status == 409 || status == 403);
        assertThat(anybody.get("/api/v1/setup").json().path("required").asBoolean())
                .isFalse();
        assertThat(tokenFile).doesNotExist();
    }

    @Test
    @Order(5)
    void secondSetupIsRefusedWhateverTheToken() {
        anybody.post("/api/v1/setup", setup("anything", "late@example.com")).expectProblem(409, "already-set-up");
    }

    private static Map<String, String> setup(String token, String email) {
        return Map.of("token", token, "email", email, "name", "Owner", "password", People.PASSWORD, "teamName", "Team");
    }
}
