package dev.havenkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API answered. */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The body as JSON. */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** A member of the body as text; members of members by JSON Pointer, for example {@code /team/id}. */
    public String text(String nameOrPointer) {
        JsonNode node = nameOrPointer.startsWith("/") ? json().at(nameOrPointer) : json().path(nameOrPointer);
        assertThat(node.isMissingNode()).as("%s in %s", nameOrPointer, body).isFalse();
        return node.asString();
    }

    /** A header's first value; fails when there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElseThrow(() -> new AssertionError("no header " + name + " in " + headers));
    }

    /** Fails with the body unless the status is this one. */
    public Answer expect(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** Fails unless this is an RFC 9457 problem with this status and machine code. */
    public Answer expectProblem(int expected, String code) {
        expect(expected);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        assertThat(text("code")).as(body).isEqualTo(code);
        return this;
    }
}
