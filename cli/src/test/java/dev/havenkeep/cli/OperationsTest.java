package dev.havenkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API can do, the command can do, each by a command of its own: {@code haven api}, which can do all, is none. */
class OperationsTest {

    private static final Path DOCUMENT = Path.of("..", "openapi", "havenkeep.json");

    /** Operations without a command, and why. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry(
                    "POST /api/v1/setup",
                    "the first owner is made in the browser, with the token from the server's log"),
            Map.entry("GET /api/v1/session", "for a browser's session; the command has a token: whoami"),
            Map.entry("GET /api/v1/sessions", "a person's own sessions, for the person signed in to a browser"),
            Map.entry("DELETE /api/v1/sessions/{session}", "as above"),
            Map.entry("PATCH /api/v1/me", "a person's own account, for the person signed in to a browser"),
            Map.entry("POST /api/v1/me/password", "as above"),
            Map.entry("POST /api/v1/teams", "only a person makes a team, not a token"),
            Map.entry("POST /api/v1/teams/{team}/leave", "only a person leaves a team, not a token"),
            Map.entry("POST /api/v1/invitations/preview", "an invitation's link leads to a browser"),
            Map.entry("POST /api/v1/invitations/accept", "an invitation's link leads to a browser"),
            Map.entry("GET /health/live", "for the machine that watches the control plane"),
            Map.entry("GET /health/ready", "for the machine that watches the control plane"),
            Map.entry("GET /metrics", "for Prometheus"));

    @Test
    void everyOperationOfTheApiHasACommand() throws IOException {
        Set<String> missing = new TreeSet<>(operations());
        missing.removeAll(called());
        missing.removeAll(EXCEPTIONS.keySet());

        assertThat(missing)
                .as("operations that no command calls: add one, or an exception with its reason")
                .isEmpty();
    }

    @Test
    void everyExceptionIsOne() throws IOException {
        Set<String> idle = new TreeSet<>(EXCEPTIONS.keySet());
        idle.retainAll(called());

        assertThat(idle).as("exceptions that have a command after all").isEmpty();
        assertThat(operations()).as("exceptions that the API does not have").containsAll(EXCEPTIONS.keySet());
    }

    @Test
    void requiredMembersOfRequestsAreOptions() throws IOException {
        JsonNode document = document();
        Map<String, Set<String>> missing = new TreeMap<>();
        Actions.groups().values().stream()
                .flatMap(group -> group.actions().stream())
                .filter(action -> !action.fields().isEmpty())
                .forEach(action -> {
                    Set<String> known = action.fields().stream()
                            .flatMap(field ->
                                    Stream.concat(Stream.of(field.pointer()), field.constants().keySet().stream()))
                            .map(pointer -> pointer.substring(1).split("/")[0])
                            .collect(Collectors.toSet());
                    Set<String> required = new TreeSet<>();
                    body(document, action).path("required").forEach(name -> required.add(name.asString()));
                    required.removeAll(known);
                    if (!required.isEmpty()) {
                        missing.put(action.operation(), required);
                    }
                });

        assertThat(missing).isEmpty();
    }

    @Test
    void optionsAreMembersOfRequests() throws IOException {
        JsonNode document = document();
        Map<String, Set<String>> unknown = new TreeMap<>();
        Actions.groups().values().stream()
                .flatMap(group -> group.actions().stream())
                .filter(action -> !action.fields().isEmpty())
                .forEach(action -> {
                    JsonNode properties = body(document, action).path("properties");
                    if (properties.isEmpty()) {
                        return; // a merge patch of any form
                    }
                    Set<String> names = action.fields().stream()
                            .map(field -> field.pointer().substring(1).split("/")[0])
                            .filter(name -> !properties.has(name))
                            .collect(Collectors.toCollection(TreeSet::new));
                    if (!names.isEmpty()) {
                        unknown.put(action.operation(), names);
                    }
                });

        assertThat(unknown).isEmpty();
    }

    private static JsonNode body(JsonNode document, Action action) {
        JsonNode schema = document.path("paths")
                .path("/api/v1" + action.path())
                .path(action.method().toLowerCase(java.util.Locale.ROOT))
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private static Set<String> operations() throws IOException {
        Set<String> operations = new TreeSet<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(
                                method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private static Set<String> called() {
        Set<String> called = new TreeSet<>();
        Actions.groups().values().forEach(group -> group.actions().forEach(action -> called.add(action.operation())));
        Stream.of(
                        LoginCommand.class,
                        WhoamiCommand.class,
                        DeployCommand.class,
                        RollbackCommand.class,
                        CancelCommand.class,
                        RunningCommands.Restart.class,
                        RunningCommands.Stop.class,
                        RunningCommands.Start.class,
                        LogsCommand.class,
                        EventsCommand.class,
                        DeploymentLogCommand.class,
                        ConfirmServerCommand.class,
                        VariableCommands.SetVariables.class,
                        VariableCommands.ImportVariables.class)
                .map(type -> type.getAnnotation(Calls.class))
                .forEach(calls -> called.addAll(Set.of(calls.value())));
        return called;
    }

    private static JsonNode document() throws IOException {
        return JsonMapper.builder().build().readTree(Files.readString(DOCUMENT));
    }
}
