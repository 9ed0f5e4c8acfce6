package dev.havenkeep.cli;

import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs in: with e-mail and password, for which a token is made that lasts 90 days, or with a token. */
@Command(name = "login", mixinStandardHelpOptions = true, description = "Sign in to a control plane, and remember it.")
@Calls({
    "POST /api/v1/session",
    "GET /api/v1/teams",
    "POST /api/v1/teams/{team}/tokens",
    "DELETE /api/v1/session",
    "GET /api/v1/setup"
})
final class LoginCommand implements Callable<Integer> {

    private static final Duration LASTS = Duration.ofDays(90);

    private final Session session;
    private final Clock clock = Clock.systemUTC();

    @Parameters(paramLabel = "URL", description = "where it is, for example https://haven.example.com")
    private String url = "";

    @Option(names = "--email", paramLabel = "ADDRESS", description = "who you are; else you are asked")
    private @Nullable String email;

    @Option(
            names = "--password",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "-|@FILE",
            description = "- reads the password from standard input, @FILE from a file; else you are asked")
    private @Nullable String password;

    @Option(
            names = "--token",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "TOKEN",
            description = "use this API token instead; - reads it from standard input, @FILE from a file")
    private @Nullable String token;

    LoginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String base = checked(url);
        return token != null ? withToken(base, Field.secret(token, "token")) : withPassword(base);
    }

    private int withToken(String base, String secret) {
        Api api = session.api(base, Map.of("Authorization", "Bearer " + secret));
        JsonNode team = choose(api.all("/teams", 1_000));
        remember(base, secret, team);
        return 0;
    }

    private int withPassword(String base) {
        Api stranger = session.api(base, Map.of());
        if (stranger.get("/setup").path("required").asBoolean(false)) {
            throw Failure.of(
                    "The control plane is not set up yet",
                    "Open " + base
                            + " in a browser, with the set-up token that the server printed at its first start.");
        }
        String address = email != null ? email : ask("E-mail: ");
        ObjectNode credentials = session.json().createObjectNode();
        credentials.put("email", address);
        credentials.put("password", Field.secret(password == null ? "" : password, "Password"));
        Api.Answer signedIn = stranger.send("POST", "/session", credentials, Map.of());
        String cookie = String.join(
                "; ",
                signedIn.headers().allValues("Set-Cookie").stream()
                        .map(header -> header.split(";", 2)[0])
                        .toList());
        Api own = session.api(
                base,
                Map.of(
                        "Cookie",
                        cookie,
                        "X-CSRF-Token",
                        signedIn.body().path("csrfToken").asString("")));
        try {
            List<JsonNode> teams = new ArrayList<>();
            signedIn.body().path("teams").forEach(teams::add);
            JsonNode team = choose(teams);
            remember(base, newToken(own, team), team);
        } finally {
            own.send("DELETE", "/session", null, Map.of());
        }
        return 0;
    }

    private String newToken(Api own, JsonNode team) {
        ObjectNode wanted = session.json().createObjectNode();
        wanted.put("name", "haven on " + computer() + ", " + clock.instant().truncatedTo(ChronoUnit.SECONDS));
        wanted.set("permissions", team.path("permissions"));
        wanted.put(
                "expiresAt",
                clock.instant().plus(LASTS).truncatedTo(ChronoUnit.SECONDS).toString());
        String path =
                Api.path("/teams/{team}/tokens", Map.of("team", team.path("id").asString("")), Map.of());
        return own.send("POST", path, wanted, Map.of()).body().path("token").asString("");
    }

    private String computer() {
        try {
            return session.variable(
                    "HOSTNAME", Files.readString(Path.of("/etc/hostname")).strip());
        } catch (IOException e) {
            return session.variable("HOSTNAME", "a computer");
        }
    }

    private JsonNode choose(List<JsonNode> teams) {
        String wanted = session.teamOption();
        List<JsonNode> found = teams.stream()
                .filter(team -> wanted == null
                        || team.path("name").asString("").equals(wanted)
                        || team.path("id").asString("").equals(wanted))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String names = String.join(
                ", ", teams.stream().map(team -> team.path("name").asString("")).toList());
        throw Failure.usage(
                teams.isEmpty() ? "You are in no team." : "Say which team: --team NAME, with one of " + names + ".");
    }

    private void remember(String base, String secret, JsonNode team) {
        Settings settings = session.settings();
        settings.write(new Settings.Entry(base, secret, team.path("id").asString("")));
        session.screen()
                .say("Signed in to " + base + ", team " + Screen.text(team.path("name")) + ". Remembered in "
                        + settings.file() + ".");
    }

    private String checked(String text) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "https://" + text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("Not an address: " + text);
        }
        if (uri.getHost() == null
                || !(uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
            throw Failure.usage("Not an address: " + text + "; write it like https://haven.example.com");
        }
        boolean local = uri.getHost().equals("localhost")
                || uri.getHost().startsWith("127.")
                || uri.getHost().equals("[::1]");
        if (uri.getScheme().equals("http") && !local) {
            session.remark("Warning: over http:// everybody on the way can read your password and token.");
        }
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static String ask(String prompt) {
        Console console = System.console();
        String typed = console == null ? null : console.readLine("%s", prompt);
        if (typed == null) {
            throw Failure.usage("There is no terminal to ask; use --email and --password -, or --token.");
        }
        return typed.strip();
    }
}
