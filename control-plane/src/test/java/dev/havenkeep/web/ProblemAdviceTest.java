package dev.havenkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.testing.Answer;
import dev.havenkeep.testing.Client;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class ProblemAdviceTest {

    private static WebTestApplication.Running application;
    private final Client client;

    ProblemAdviceTest() {
        client = application.client();
    }

    @BeforeAll
    static void boot() {
        application = WebTestApplication.with(Things.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    enum Colour {
        RED,
        GREEN
    }

    record Name(@JsonValue String value) {
        @JsonCreator
        Name {
            if (value.isBlank()) {
                throw new ProblemException(Problem.invalid("name", "must not be blank"));
            }
        }
    }

    record Part(Name name, int count) {}

    record Thing(
            Name name,
            int size,
            @Nullable Colour colour,
            @Nullable Instant at,
            @Nullable List<Part> parts,
            @Nullable ProjectId project) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Shape.Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Shape.Square.class, name = "square")
    })
    sealed interface Shape {

        record Circle(int radius) implements Shape {}

        record Square(int side) implements Shape {}
    }

    record ThingPatch(Patch<Name> name, Patch<String> description, Patch<Integer> size, Patch<Shape> shape) {}

    @RestController
    static class Things {

        @PostMapping("/things")
        Thing createThing(@RequestBody Thing thing) {
            return thing;
        }

        @PatchMapping("/things")
        List<String> patchThing(@RequestBody ThingPatch patch) {
            return List.of(
                    patch.name().orKeep(new Name("old")).value(),
                    String.valueOf(patch.description().orKeepOrClear("old")),
                    String.valueOf(patch.size().orKeepOrDefault(7, 1)));
        }

        @PatchMapping("/shapes")
        String patchShape(@RequestBody ThingPatch patch) {
            return patch.shape().orKeep(new Shape.Circle(1)).toString();
        }

        @GetMapping("/things/{project}")
        ProjectId readThing(@PathVariable ProjectId project, @RequestParam(required = false) @Nullable Integer limit) {
            return project;
        }

        @GetMapping("/search")
        String searchThings(@RequestParam String query) {
            return query;
        }

        @GetMapping("/broken")
        String readBroken() {
            throw new IllegalStateException("password=hunter2");
        }

        @GetMapping("/refused")
        String readRefused() {
            throw new ProblemException(Problem.conflict("it-is-taken", "It is taken", "Choose another.")
                    .with("by", "somebody"));
        }
    }

    @Test
    void problemOfOursIsAnsweredAsItStands() {
        Answer answer = client.with("X-Request-ID", "abc-123").get("/refused").expectProblem(409, "it-is-taken");

        assertThat(answer.text("type")).isEqualTo("https://havenkeep.dev/problems/it-is-taken");
        assertThat(answer.text("title")).isEqualTo("It is taken");
        assertThat(answer.text("detail")).isEqualTo("Choose another.");
        assertThat(answer.text("by")).isEqualTo("somebody");
        assertThat(answer.text("requestId")).isEqualTo("abc-123");
        assertThat(answer.header("X-Request-ID")).isEqualTo("abc-123");
        assertThat(answer.json().has("fields")).isFalse();
    }

    @Test
    void requestIdThatCouldHarmALogIsReplaced() {
        Answer answer = client.with("X-Request-ID", "a\tb <script>").get("/refused");

        assertThat(answer.header("X-Request-ID")).matches("[0-9a-f-]{36}").isEqualTo(answer.text("requestId"));
    }

    @Test
    void unexpectedFailureTellsNothingInternal() {
        Answer answer = client.get("/broken").expectProblem(500, "internal-error");

        assertThat(answer.body()).doesNotContain("hunter2").doesNotContain("IllegalState");
        assertThat(answer.text("requestId")).isEqualTo(answer.header("X-Request-ID"));
    }

    @Test
    void bodyThatIsNotJsonIsNamedByLineAndColumn() {
        Answer answer = client.post("/things", "{\n  \"name\": oops }").expectProblem(400, "malformed-request");

        assertThat(answer.text("detail")).contains("line 2").contains("column");
    }

    @Test
    void emptyBodyIsRefused() {
        client.send("POST", "/things", "application/json", "").expectProblem(400, "malformed-request");
    }

    @Test
    void unknownMemberIsRefusedByName() {
        invalid("{\"name\":\"a\",\"size\":1,\"nmae\":2}", "nmae", "not a member that is known here");
    }

    @Test
    void repeatedMemberIsRefused() {
        client.post("/things", "{\"name\":\"a\",\"size\":1,\"size\":2}").expectProblem(400, "malformed-request");
    }

    @Test
    void contentAfterTheBodyIsRefused() {
        assertThat(client.post("/things", "{\"name\":\"a\",\"size\":1} {}").status())
                .isBetween(400, 422);
    }

    @Test
    void memberThatIsNotNullableMustBeThere() {
        invalid("{\"size\":1}", "name", "is required");
        invalid("{\"name\":null,\"size\":1}", "name", "is required");
        invalid("{\"name\":\"a\"}", "size", "is required");
        invalid("{\"name\":\"a\",\"size\":null}", "size", "is required");
        client.post("/things", "{\"name\":\"a\",\"size\":1,\"colour\":null}").expect(200);
    }

    @Test
    void valueOfAWrongKindIsNamedWithWhatIsAccepted() {
        invalid("{\"name\":\"a\",\"size\":\"1\"}", "size", "must be a whole number");
        invalid("{\"name\":\"a\",\"size\":1.5}", "size", "must be a whole number");
        invalid("{\"name\":\"a\",\"size\":99999999999}", "size", "whole number");
        invalid("{\"name\":{},\"size\":1}", "name", "must be text");
        invalid("{\"name\":\"a\",\"size\":1,\"colour\":\"BLUE\"}", "colour", "must be one of RED, GREEN");
        invalid("{\"name\":\"a\",\"size\":1,\"at\":\"yesterday\"}", "at", "RFC 3339");
        invalid("[]", "body", "must be an object");
        invalid("{\"name\":\"a\",\"size\":1,\"parts\":{}}", "parts", "must be a list");
    }

    @Test
    void valueTypeThatRefusesIsNamedByItsPlaceInTheBody() {
        invalid("{\"name\":\"a\",\"size\":1,\"parts\":[{\"name\":\" \",\"count\":1}]}", "parts[0].name", "blank");
        invalid("{\"name\":\"a\",\"size\":1,\"project\":\"nope\"}", "project", "nothing with this id");
    }

    @Test
    void idInThePathThatCannotExistIsNotFound() {
        client.get("/things/nope").expectProblem(404, "not-found");
        client.get("/things/01920000-0000-7000-8000-000000000000").expect(200);
    }

    @Test
    void queryParameterIsNamedWhenMissingOrWrong() {
        Answer missing = client.get("/search").expectProblem(422, "invalid-input");
        assertThat(missing.text("/fields/0/path")).isEqualTo("query");

        Answer wrong = client.get("/things/01920000-0000-7000-8000-000000000000?limit=many")
                .expectProblem(422, "invalid-input");
        assertThat(wrong.text("/fields/0/path")).isEqualTo("limit");
        assertThat(wrong.text("/fields/0/message")).isEqualTo("must be a whole number");
    }

    @Test
    void protocolFailuresAreProblemsToo() {
        client.get("/nowhere").expectProblem(404, "not-found");
        Answer method = client.delete("/things").expectProblem(405, "method-not-allowed");
        assertThat(method.header("Allow")).contains("POST").contains("PATCH");
        client.send("POST", "/things", "text/plain", "x").expectProblem(415, "unsupported-media-type");
        client.with("Accept", "image/png").get("/refused").expectProblem(409, "it-is-taken");
        client.with("Accept", "image/png")
                .get("/things/01920000-0000-7000-8000-000000000000")
                .expectProblem(406, "not-acceptable");
    }

    @Test
    void mergePatchTellsAbsentFromNullFromValue() {
        assertThat(client.patch("/things", "{}").expect(200).body()).isEqualTo("[\"old\",\"old\",\"7\"]");
        assertThat(client.patch("/things", "{\"description\":null,\"size\":null}")
                        .expect(200)
                        .body())
                .isEqualTo("[\"old\",\"null\",\"1\"]");
        assertThat(client.patch("/things", "{\"name\":\"n\",\"description\":\"d\",\"size\":3}")
                        .expect(200)
                        .body())
                .isEqualTo("[\"n\",\"d\",\"3\"]");
        Answer cleared = client.patch("/things", "{\"name\":null}").expectProblem(422, "invalid-input");
        assertThat(cleared.text("/fields/0/path")).isEqualTo("name");
        Answer blank = client.patch("/things", "{\"name\":\"\"}").expectProblem(422, "invalid-input");
        assertThat(blank.text("/fields/0/path")).isEqualTo("name");
    }

    @Test
    void mergePatchReplacesAValueOfSeveralKinds() {
        assertThat(client.patch("/shapes", "{}").expect(200).body()).isEqualTo("Circle[radius=1]");
        assertThat(client.patch("/shapes", "{\"shape\":{\"kind\":\"square\",\"side\":2}}")
                        .expect(200)
                        .body())
                .isEqualTo("Square[side=2]");
    }

    @Test
    void instantIsAnsweredInUtcWithMilliseconds() {
        Answer answer = client.post("/things", "{\"name\":\"a\",\"size\":1,\"at\":\"2026-01-31T14:00:00+02:00\"}");

        assertThat(answer.text("at")).isEqualTo("2026-01-31T12:00:00.000Z");
    }

    private void invalid(String body, String path, String message) {
        Answer answer = client.post("/things", body).expectProblem(422, "invalid-input");
        assertThat(answer.text("/fields/0/path")).as(answer.body()).isEqualTo(path);
        assertThat(answer.text("/fields/0/message")).as(answer.body()).contains(message);
    }
}
