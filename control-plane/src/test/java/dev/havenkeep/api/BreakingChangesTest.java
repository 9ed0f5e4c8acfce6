package dev.havenkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BreakingChangesTest {

    private static final String BEFORE = """
            {"paths": {"/things/{thing}": {"patch": {
              "operationId": "updateThing",
              "parameters": [{"name": "thing", "in": "path", "required": true},
                             {"name": "dryRun", "in": "query", "required": false}],
              "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}},
              "responses": {"200": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
             "components": {"schemas": {
               "Change": {"type": "object", "properties": {
                  "colour": {"type": "string", "enum": ["red", "green"]}, "size": {"type": "integer"}}},
               "Thing": {"type": "object", "required": ["id"], "properties": {
                  "id": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}}}}}}
            """;

    @Test
    void sameDocumentBreaksNothing() {
        assertThat(after(text -> text)).isEmpty();
    }

    @Test
    void additionsBreakNothing() {
        assertThat(after(text -> text.replace("\"tags\": {", "\"more\": {\"type\": \"string\"}, \"tags\": {")
                        .replace("\"red\", \"green\"", "\"red\", \"green\", \"blue\"")))
                .isEmpty();
    }

    @Test
    void whatAClientReliesOnMayNotGo() {
        assertThat(after(text -> text.replace("\"patch\"", "\"put\"")))
                .singleElement()
                .asString()
                .contains("is gone");
        assertThat(after(text -> text.replace("\"dryRun\"", "\"plan\"")))
                .singleElement()
                .asString()
                .contains("dryRun is gone");
        assertThat(after(text -> text.replace("\"tags\"", "\"labels\"")))
                .singleElement()
                .asString()
                .contains("member tags is gone");
        assertThat(after(text -> text.replace("\"200\"", "\"202\"")))
                .singleElement()
                .asString()
                .contains("answer 200 is gone");
        assertThat(after(text ->
                        text.replace("\"items\": {\"type\": \"string\"}", "\"items\": {\"type\": \"integer\"}")))
                .singleElement()
                .asString()
                .contains("tags[]: the type is another");
        assertThat(after(text -> text.replace("\"required\": [\"id\"], ", "")))
                .singleElement()
                .asString()
                .contains("id may be absent");
    }

    @Test
    void whatAClientSendsMustStayAccepted() {
        assertThat(after(text -> text.replace("\"red\", \"green\"", "\"red\"")))
                .singleElement()
                .asString()
                .contains("green is not accepted");
        assertThat(after(text -> text.replace("\"required\": false", "\"required\": true")))
                .singleElement()
                .asString()
                .contains("dryRun is newly required");
        assertThat(after(text -> text.replace(
                        "\"Change\": {\"type\": \"object\",",
                        "\"Change\": {\"type\": \"object\", \"required\": [\"size\"],")))
                .singleElement()
                .asString()
                .contains("size is newly required");
    }

    private static List<String> after(UnaryOperator<String> change) {
        JsonMapper json = new JsonMapper();
        return BreakingChanges.between(json.readTree(BEFORE), json.readTree(change.apply(BEFORE)));
    }
}
