package dev.havenkeep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.OnBothDatabases;
import dev.havenkeep.testing.People;
import dev.havenkeep.testing.People.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Guessing passwords, from many addresses: a trusted proxy in front says which. */
@OnBothDatabases
class LockOutTest {

    private static final Map<DatabaseKind, Havenkeep> APPLICATIONS = new EnumMap<>(DatabaseKind.class);

    private final Havenkeep haven;
    private final People people;

    LockOutTest(DatabaseKind kind) {
        haven = APPLICATIONS.computeIfAbsent(
                kind, missing -> Havenkeep.start(missing, Map.of("haven.trusted-proxies", "127.0.0.0/8")));
        people = People.of(haven);
    }

    @AfterAll
    static void close() {
        APPLICATIONS.values().forEach(Havenkeep::close);
        APPLICATIONS.clear();
    }

    @Test
    void fifthFailureLocksTheAccountForLongerEachTime() {
        Person person = people.join("viewer");
        for (int i = 1; i <= 5; i++) {
            guess("198.51.100." + i, person.email()).expectProblem(401, "sign-in-failed");
        }

        Answer locked = rightFrom("198.51.100.50", person).expectProblem(429, "too-many-attempts");
        assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(10, 15);

        haven.clock().advance(Duration.ofSeconds(16));
        guess("198.51.100.51", person.email()).expectProblem(401, "sign-in-failed");
        Answer longer = rightFrom("198.51.100.52", person).expectProblem(429, "too-many-attempts");
        assertThat(Integer.parseInt(longer.header("Retry-After"))).isBetween(25, 30);

        haven.clock().advance(Duration.ofSeconds(31));
        rightFrom("198.51.100.53", person).expect(200);
        guess("198.51.100.54", person.email()).expectProblem(401, "sign-in-failed");
    }

    @Test
    void unknownAddressIsLockedTheSameWay() {
        for (int i = 1; i <= 5; i++) {
            guess("198.51.101." + i, "nobody@example.com").expectProblem(401, "sign-in-failed");
        }

        guess("198.51.101.50", "Nobody@Example.com").expectProblem(429, "too-many-attempts");
    }

    @Test
    void guessesFromElsewhereDoNotLockOutSomebodyWhereTheyAreSignedIn() {
        Person person = people.join("viewer");
        rightFrom("203.0.113.9", person).expect(200);
        for (int i = 1; i <= 5; i++) {
            guess("198.51.102." + i, person.email()).expect(401);
        }

        rightFrom("198.51.102.60", person).expect(429);
        rightFrom("203.0.113.9", person).expect(200);
    }

    @Test
    void networkThatTriesManyAccountsIsLocked() {
        for (int i = 0; i < 30; i++) {
            guess("2001:db8:1:2::" + Integer.toHexString(i + 1), "someone" + i + "@example.com")
                    .expect(401);
        }

        guess("2001:db8:1:2:ffff::1", "someone-else@example.com").expectProblem(429, "too-many-attempts");
        guess("2001:db8:1:3::1", "someone-else@example.com").expectProblem(401, "sign-in-failed");
    }

    @Test
    void guessesMadeAtOnceGainNothing() throws Exception {
        Person person = people.join("viewer");
        List<Callable<Answer>> guesses = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            String address = "198.51.103." + i;
            guesses.add(() -> guess(address, person.email()));
        }

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> guess : threads.invokeAll(guesses)) {
                statuses.add(guess.get().status());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 401).hasSize(5);
        assertThat(statuses).filteredOn(status -> status == 429).hasSize(15);
    }

    @Test
    void idleAndOldSessionsAreOver() {
        Person person = people.join("viewer");
        haven.clock().advance(Duration.ofDays(2));
        person.client().get("/api/v1/session").expect(200);
        haven.clock().advance(Duration.ofDays(2));
        person.client().get("/api/v1/session").expect(200);

        haven.clock().advance(Duration.ofDays(3));
        person.client().get("/api/v1/session").expect(401);

        Person daily = people.join("viewer");
        for (int day = 0; day < 14; day++) {
            haven.clock().advance(Duration.ofDays(2));
            daily.client().get("/api/v1/session").expect(200);
        }
        haven.clock().advance(Duration.ofDays(2));
        daily.client().get("/api/v1/session").expect(401);
    }

    @Test
    void overTlsTheCookieIsOneThatNoNeighbourCanSet() {
        Client browser = from("203.0.113.77").with("X-Forwarded-Proto", "https");
        Answer answer =
                people.signIn(browser, "owner@example.com", People.PASSWORD).expect(200);

        assertThat(answer.header("Set-Cookie"))
                .startsWith("__Host-haven_session=")
                .contains("Secure", "Path=/");
        assertThat(answer.header("Strict-Transport-Security")).contains("max-age");
        People.signedIn(browser, answer).get("/api/v1/session").expect(200);
        String secret = answer.header("Set-Cookie").replaceAll("^__Host-haven_session=([^;]+);.*", "$1");
        browser.with("Cookie", "haven_session=" + secret).get("/api/v1/session").expect(401);
    }

    private Answer guess(String address, String email) {
        return people.signIn(from(address), email, "a wrong passphrase");
    }

    private Answer rightFrom(String address, Person person) {
        return people.signIn(from(address), person.email(), People.PASSWORD);
    }

    private Client from(String address) {
        return haven.anonymous().with("X-Forwarded-For", address);
    }
}
