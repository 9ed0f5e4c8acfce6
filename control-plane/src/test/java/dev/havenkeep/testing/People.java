package dev.havenkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** People who are signed in to a booted application: its first owner, and whoever a test invites. */
public final class People {

    /** The password of everybody. */
    public static final String PASSWORD = "correct horse battery staple";

    private static final Map<Havenkeep, People> BY_APPLICATION = new WeakHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Havenkeep haven;
    private Person owner;
    private final String team;

    /** Somebody who is signed in; the client sends their cookie and CSRF token. */
    public record Person(Client client, String email, String userId) {}

    private People(Havenkeep haven) {
        this.haven = haven;
        String email = "owner@example.com";
        Answer answer = haven.anonymous()
                .post(
                        "/api/v1/setup",
                        Map.of(
                                "token",
                                setupToken(haven),
                                "email",
                                email,
                                "name",
                                "Olivia Owner",
                                "password",
                                PASSWORD,
                                "teamName",
                                "First team"))
                .expect(201);
        this.owner = new Person(signedIn(haven.anonymous(), answer), email, answer.text("/user/id"));
        this.team = answer.text("/team/id");
    }

    /** The people of an application, which is set up now unless it was before by this. */
    public static People of(Havenkeep haven) {
        synchronized (BY_APPLICATION) {
            return BY_APPLICATION.computeIfAbsent(haven, People::new);
        }
    }

    /** The setup token as the operator finds it. */
    public static String setupToken(Havenkeep haven) {
        try {
            return Files.readString(haven.dataFolder().resolve("setup-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client that continues the session of an answer that began one. */
    public static Client signedIn(Client client, Answer answer) {
        String cookie = answer.header("Set-Cookie");
        return client.with("Cookie", cookie.substring(0, cookie.indexOf(';')))
                .with("X-CSRF-Token", answer.text("csrfToken"));
    }

    /** The first owner, signed in again should a test have let the session's time pass. */
    public synchronized Person owner() {
        if (owner.client().get("/api/v1/session").status() != 200) {
            Answer answer = signIn(haven.anonymous(), owner.email(), PASSWORD).expect(200);
            owner = new Person(signedIn(haven.anonymous(), answer), owner.email(), owner.userId());
        }
        return owner;
    }

    /** The first team's id. */
    public String team() {
        return team;
    }

    /** A new person with this role in the first team. */
    public Person join(String role) {
        return join(owner(), team, role, List.of());
    }

    /** A new person whom somebody invites into a team. */
    public Person join(Person inviter, String teamId, String role, List<?> grants) {
        String email = "person" + NUMBER.incrementAndGet() + "@example.com";
        Answer invitation = inviter.client()
                .post(
                        "/api/v1/teams/" + teamId + "/invitations",
                        Map.of("email", email, "role", role, "grants", grants))
                .expect(201);
        String link = invitation.text("link");
        Answer accepted = haven.anonymous()
                .post(
                        "/api/v1/invitations/accept",
                        Map.of(
                                "token",
                                link.substring(link.indexOf('#') + 1),
                                "name",
                                "Person of " + role,
                                "password",
                                PASSWORD))
                .expect(200);
        return new Person(signedIn(haven.anonymous(), accepted), email, accepted.text("/user/id"));
    }

    /** A team of its own, with the first owner as its owner: a stranger's, for everybody else. */
    public String newTeam(String name) {
        return owner.client()
                .post("/api/v1/teams", Map.of("name", name))
                .expect(201)
                .text("id");
    }

    /** An API token of somebody's. */
    public Answer token(Person person, String teamId, Map<String, ?> what) {
        return person.client().post("/api/v1/teams/" + teamId + "/tokens", what);
    }

    /** A caller with a new token that has these permissions. */
    public Client withToken(Person person, String teamId, String... permissions) {
        String text = token(person, teamId, Map.of("name", "test", "permissions", List.of(permissions)))
                .expect(201)
                .text("token");
        return haven.anonymous().withToken(text);
    }

    /** Signs somebody in once more, in another browser. */
    public Answer signIn(Client client, String email, String password) {
        return client.post("/api/v1/session", Map.of("email", email, "password", password));
    }
}
