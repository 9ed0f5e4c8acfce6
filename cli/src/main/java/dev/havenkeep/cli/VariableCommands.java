package dev.havenkeep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets variables, one by one or all at once. */
final class VariableCommands {

    private static final int MOST = 1_000;

    private VariableCommands() {}

    /** Sets some and leaves the others. */
    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Set variables; deploy to make them so.",
            footer =
                    "NAME=VALUE as it is; NAME=@FILE from a file; NAME=- from standard input; NAME alone is asked for.")
    @Calls({
        "GET /api/v1/applications/{application}/variables",
        "POST /api/v1/applications/{application}/variables",
        "PUT /api/v1/applications/{application}/variables/{variable}"
    })
    static final class SetVariables implements Callable<Integer> {

        private final Session session;

        @Parameters(index = "0", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
        private String application = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME=VALUE", description = "what to set")
        private List<String> assignments = List.of();

        @Option(names = "--secret", description = "they are secrets: sealed, and never shown again")
        private boolean secret;

        @Option(
                names = "--availability",
                paramLabel = "run|build|both",
                description = "to whom: the running containers, the build, or both")
        private @Nullable String availability;

        SetVariables(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            String path = "/applications/" + session.references().application(application) + "/variables";
            List<JsonNode> there = session.api().all(path, MOST);
            for (String assignment : assignments) {
                int equals = assignment.indexOf('=');
                String name = equals < 0 ? assignment : assignment.substring(0, equals);
                boolean empty = equals >= 0 && equals == assignment.length() - 1;
                String value = empty ? "" : Field.secret(equals < 0 ? "" : assignment.substring(equals + 1), name);
                set(path, find(there, name), name, value);
            }
            session.screen().say("Set. Deploy to make it so.");
            return 0;
        }

        private void set(String path, Optional<JsonNode> before, String name, String value) {
            ObjectNode body =
                    session.json().createObjectNode().put("name", name).put("value", value);
            boolean wasSecret = before.map(old -> old.path("kind").asString("").equals("secret"))
                    .orElse(false);
            body.put("kind", secret || wasSecret ? "secret" : "plain");
            String kept =
                    before.map(old -> old.path("availability").asString("run")).orElse("run");
            body.put("availability", availability == null ? kept : availability);
            if (before.isPresent()) {
                session.api().send("PUT", path + "/" + before.get().path("id").asString(""), body, Map.of());
            } else {
                session.api().send("POST", path, body, Map.of());
            }
        }
    }

    /** Replaces all by those of a file. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Replace all variables by those of a file of NAME=VALUE lines; secrets that are there stay secret.")
    @Calls("PUT /api/v1/applications/{application}/variables")
    static final class ImportVariables implements Callable<Integer> {

        private final Session session;

        @Parameters(index = "0", paramLabel = "APP", description = "PROJECT/ENVIRONMENT/APP, or an id")
        private String application = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "the file; - for standard input")
        private String file = "";

        @Option(names = "--secret", description = "new ones are secrets")
        private boolean secret;

        ImportVariables(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            String path = "/applications/" + session.references().application(application) + "/variables";
            List<JsonNode> there = session.api().all(path, MOST);
            ObjectNode body = session.json().createObjectNode();
            ArrayNode items = body.putArray("items");
            for (Map.Entry<String, String> line :
                    lines(Field.secret(file.equals("-") ? file : "@" + file, "variables"))) {
                Optional<JsonNode> before = find(there, line.getKey());
                boolean wasSecret = before.map(
                                old -> old.path("kind").asString("").equals("secret"))
                        .orElse(secret);
                items.addObject()
                        .put("name", line.getKey())
                        .put("value", line.getValue())
                        .put("kind", wasSecret ? "secret" : "plain")
                        .put(
                                "availability",
                                before.map(old -> old.path("availability").asString("run"))
                                        .orElse("run"));
            }
            session.api().send("PUT", path, body, Map.of());
            session.screen().say(items.size() + " variables are there now. Deploy to make it so.");
            return 0;
        }
    }

    /** Lines of the form that compose's {@code env_file} takes: comments, {@code export}, and quotes are understood. */
    static List<Map.Entry<String, String>> lines(String text) {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            line = line.startsWith("export ")
                    ? line.substring("export ".length()).strip()
                    : line;
            int equals = line.indexOf('=');
            if (equals <= 0) {
                throw Failure.usage("Line " + number + " is not NAME=VALUE.");
            }
            lines.add(Map.entry(
                    line.substring(0, equals).strip(),
                    unquoted(line.substring(equals + 1).strip())));
        }
        return lines;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && value.startsWith("'") && value.endsWith("'")) {
            return value.substring(1, value.length() - 1);
        }
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            return value.substring(1, value.length() - 1)
                    .replace("\\n", "\n")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\");
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }

    private static Optional<JsonNode> find(List<JsonNode> variables, String name) {
        return variables.stream()
                .filter(variable -> variable.path("name").asString("").equals(name))
                .findFirst();
    }
}
