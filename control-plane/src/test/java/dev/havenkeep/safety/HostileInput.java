package dev.havenkeep.safety;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.DatabaseKind;
import dev.havenkeep.testing.Havenkeep;
import dev.havenkeep.testing.People;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Types every hostile text into every field of the API document: each is refused with a problem that names the field, or
 * answered as it was typed; nothing is executed, nothing fails inside, and no log line is forged. A parameter that many
 * operations have gets every text too, each in some of them.
 *
 * <p>There are so many that they are tried in parts, each a test class with an application of its own.
 */
final class HostileInput implements AutoCloseable {

    /** What is tried together. */
    enum Part {
        PARAMETERS,
        /** How applications and domains are set up. */
        SETTINGS,
        OTHER_BODIES;

        static Part of(ApiField field) {
            if (!field.inBody()) {
                return PARAMETERS;
            }
            return field.operation().matches("(create|update)(Application|Domain)") ? SETTINGS : OTHER_BODIES;
        }
    }

    /** Sends every character as it is in Java, halves of surrogate pairs too. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    /** What Jackson reads as a number, a yes or a no, or as nothing. */
    private static final Set<String> COERCED = Set.of("0", "null");
    /** What a refusal may be that is not about a field's form. */
    private static final Set<String> OTHER_REFUSALS = Set.of(
            "malformed-request",
            "not-found",
            "name-taken",
            "environment-exists",
            "credentials-rejected",
            "domain-taken",
            "sign-in-failed",
            "setup-token-wrong",
            "address-refused",
            "precondition-failed",
            "body-too-large");

    /** Of a parameter that several operations have, each gets one in so many of the texts, and all together get them all. */
    private static final int SPREAD = 6;

    private final String canary = "/tmp/havenkeep-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    private final List<String> texts = Hostile.texts(canary);
    private final List<String> faults = new ArrayList<>();
    private final Path log;
    private final Havenkeep haven;
    private int tried;
    private int accepted;

    /** In an application that logs to this folder. */
    HostileInput(Path folder) {
        log = folder.resolve("log");
        haven = Havenkeep.start(
                DatabaseKind.POSTGRESQL,
                Map.of(
                        "logging.file.name", log.toString(),
                        "logging.structured.format.file", "logstash",
                        "logging.threshold.console", "off",
                        "logging.level.root", "info",
                        "haven.limits.requests-per-minute", "10000000",
                        "haven.limits.anonymous-requests-per-minute", "10000000",
                        // Locks grow long, and their time passes here: the owner stays signed in.
                        "haven.session.idle", "100000d",
                        "haven.session.lifetime", "100000d"));
    }

    @Override
    public void close() throws IOException {
        haven.close();
        Files.deleteIfExists(Path.of(canary));
    }

    /** Tries a part, with at least so many texts of which so many are accepted: else what is tried is not what it was. */
    void attempt(Part part, int least, int leastAccepted) throws IOException {
        List<ApiField> fields =
                ApiField.all().stream().filter(field -> Part.of(field) == part).toList();
        Map<String, List<ApiField>> same = fields.stream().collect(Collectors.groupingBy(ApiField::id));
        WritableFields decisions = WritableFields.read();
        fields.stream()
                .filter(field -> field.operation().equals("completeSetup") && field.inBody())
                .forEach(field -> setUp(field, decisions));
        haven.clock().advance(Duration.ofDays(1));
        Examples examples = new Examples(haven);
        for (ApiField field : fields) {
            if (field.inBody() && !field.operation().equals("completeSetup")) {
                body(field, decisions, examples);
            } else if (!field.inBody()) {
                parameter(field, same.getOrDefault(field.id(), List.of(field)), examples);
            }
        }

        assertThat(faults).isEmpty();
        assertThat(tried).isGreaterThanOrEqualTo(least);
        assertThat(accepted).isGreaterThanOrEqualTo(leastAccepted);
        assertThat(Path.of(canary)).doesNotExist();
        String audit = examples.api()
                .get("/api/v1/teams/" + examples.id("team") + "/audit-events/export")
                .expect(200)
                .body();
        assertThat(audit.lines())
                .allSatisfy(
                        line -> assertThat(JSON.readTree(line).path("action").asString())
                                .isNotEmpty());
        assertThat(Files.readAllLines(log)).isNotEmpty().allSatisfy(HostileInput::isALogRecord);
    }

    private static void isALogRecord(String line) {
        JsonNode record = JSON.readTree(line);
        assertThat(record.path("@timestamp").asString()).isNotEmpty();
        assertThat(record.path("level").asString()).as(line).isNotEqualTo("ERROR");
    }

    /** Before anybody is there; the password is too short or the address none, so that nobody comes to be. */
    private void setUp(ApiField field, WritableFields decisions) {
        for (String text : typed(decisions.of(field))) {
            ObjectNode body = Examples.setup(People.setupToken(haven));
            if (field.name().equals("password")) {
                body.put("email", "nobody");
            }
            Examples.set(body, field.name(), text);
            Answer answer = patiently(haven.anonymous(), field, field.address(), body);
            check(field, text, answer, decisions.of(field).answer());
        }
    }

    private void body(ApiField field, WritableFields decisions, Examples examples) {
        WritableFields.Decision decision = field.closed()
                ? new WritableFields.Decision("open", "kept", "refused", List.of("{}"))
                : decisions.of(field);
        for (String text : typed(decision)) {
            if (field.closed() && (text.isBlank() || COERCED.contains(text))) {
                continue;
            }
            Examples.Request request = examples.with(field);
            ObjectNode body = Objects.requireNonNull(request.body());
            Examples.set(body, field.name(), text);
            // An invitation is for whoever is not somebody else already.
            Client client = field.operation().equals("acceptInvitation") ? haven.anonymous() : examples.api();
            for (Map.Entry<String, String> header : request.headers().entrySet()) {
                client = client.with(header.getKey(), header.getValue());
            }
            Answer answer = patiently(client, field, request.address(), body);
            check(field, text, answer, decision.answer());
            tidy(answer, examples.api());
        }
    }

    /** Sends it again when the time that a lock lasts has passed: what is refused before it is read proves nothing. */
    private Answer patiently(Client client, ApiField field, String address, ObjectNode body) {
        String type = field.method().equals("PATCH") ? "application/merge-patch+json" : "application/json";
        while (true) {
            Answer answer = client.send(field.method(), address, type, JSON.writeValueAsString(body));
            if (answer.status() != 429) {
                return answer;
            }
            haven.clock()
                    .advance(Duration.ofSeconds(
                            answer.json().path("retryAfterSeconds").asInt() + 1));
        }
    }

    private List<String> typed(WritableFields.Decision decision) {
        return decision.within().stream()
                .flatMap(within -> texts.stream().map(text -> within.replace("{}", text)))
                .toList();
    }

    private void check(ApiField field, String text, Answer answer, String expected) {
        tried++;
        if (answer.status() >= 500) {
            fault(field, text, answer, "is our fault");
        } else if (answer.status() >= 400) {
            refused(field, text, answer);
        } else {
            accepted++;
            kept(field, text, answer, expected);
        }
    }

    private void refused(ApiField field, String text, Answer answer) {
        if (!answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json")) {
            fault(field, text, answer, "is no problem");
            return;
        }
        String code = answer.text("code");
        // What is no kind at all is the fault of the whole.
        String leaf = field.leaf().equals("kind") ? field.name().replaceFirst("(\\[])?\\.?kind$", "") : field.leaf();
        boolean named = answer.json().path("fields").toString().contains(leaf)
                || answer.json().path("fields").toString().contains("headers")
                        && field.name().contains("Headers");
        // The password of the first owner is never good, so that nobody comes to be.
        boolean other = OTHER_REFUSALS.contains(code)
                || field.operation().equals("completeSetup")
                || field.operation().equals("changePassword");
        if (!named && !other) {
            fault(field, text, answer, "does not name the field");
        }
    }

    private void kept(ApiField field, String text, Answer answer, String expected) {
        if (expected.equals("hidden")) {
            return;
        }
        String shown = answer.body().isEmpty()
                ? null
                : Examples.get(
                        answer.json(), field.operation().equals("acceptInvitation") ? "user.name" : field.name());
        boolean good = switch (expected) {
            case "refused" -> false;
            case "same" -> text.equals(shown) || (text.isEmpty() && shown == null);
            case "stripped" -> text.strip().equals(shown == null ? "" : shown);
            case "trimmed" ->
                Normalizer.normalize(text.strip(), Normalizer.Form.NFC).equals(shown);
            default ->
                shown == null
                        ? text.isBlank()
                        : shown.length() < 5_000 && shown.matches(expected.substring(1, expected.length() - 1));
        };
        if (!good) {
            fault(field, text, answer, "came back as " + shown);
        }
    }

    /** So that nothing goes on about what is only there to be typed. */
    private static void tidy(Answer answer, Client api) {
        String location = answer.headers().firstValue("Location").orElse("");
        if (location.startsWith("/api/v1/servers/") || location.startsWith("/api/v1/domains/")) {
            api.delete(location);
        }
    }

    private void parameter(ApiField field, List<ApiField> same, Examples examples) {
        int spread = Math.min(SPREAD, same.size());
        for (int i = same.indexOf(field) % spread; i < texts.size(); i += spread) {
            String text = texts.get(i);
            boolean nothing = text.isBlank() || COERCED.contains(text);
            if (nothing && (field.closed() || field.in().equals("path"))) {
                continue;
            }
            String address = examples.with(field).address();
            Client client = examples.api();
            switch (field.in()) {
                case "path" -> address = field.address().replace("{" + field.name() + "}", encoded(text));
                case "query" -> address += "?" + field.name() + "=" + encoded(text);
                default -> client = client.with(field.name(), text);
            }
            for (String what : List.of(
                    "team",
                    "project",
                    "environment",
                    "application",
                    "deployment",
                    "domain",
                    "server",
                    "member",
                    "token",
                    "invitation",
                    "session",
                    "variable",
                    "credential",
                    "release")) {
                address = address.replace("{" + what + "}", examples.id(what));
            }
            if (field.operation().equals("streamEvents") && !field.name().equals("team")) {
                address += (address.contains("?") ? "&" : "?") + "team=" + examples.id("team");
            }
            Answer answer = answer(client, field, address);
            tried++;
            if (field.operation().equals("signOut") || field.operation().equals("deleteSession")) {
                // Later than any lock of the account lasts.
                haven.clock().advance(Duration.ofDays(1));
                examples.signInAgain();
            }
            // There is no engine here whose logs could be had.
            boolean without = field.operation().equals("streamApplicationLogs");
            if (answer != null && answer.status() >= 500 && !(without && answer.status() == 503)) {
                fault(field, text, answer, "is our fault");
            } else if (answer != null && answer.status() < 400 && field.closed()) {
                fault(field, text, answer, "was accepted");
            }
        }
    }

    /** Absent when the client itself does not send such a header. */
    private static @Nullable Answer answer(Client client, ApiField field, String address) {
        try {
            if (field.operation().startsWith("stream")) {
                HttpResponse<InputStream> stream = client.stream(address);
                try (InputStream body = stream.body()) {
                    return new Answer(stream.statusCode(), stream.headers(), "");
                }
            }
            return client.send(field.method(), address, null, null);
        } catch (IllegalArgumentException e) {
            return null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private void fault(ApiField field, String text, Answer answer, String what) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        String said = answer.body().length() > 600 ? answer.body().substring(0, 600) + "…" : answer.body();
        // As JSON, since what is hostile is hostile to reports too.
        faults.add(field.operation() + " " + field.in() + " " + field.name() + " with " + JSON.writeValueAsString(shown)
                + " " + what + ": " + answer.status() + " " + said);
    }
}
