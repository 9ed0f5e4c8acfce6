package dev.havenkeep.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command that is one {@link Action}. */
final class ActionCommand implements Callable<Integer> {

    private static final int MOST = 10_000;
    private static final String BODY = "--body";
    private static final String CLEAR = "--clear";
    private static final String LIMIT = "--limit";
    private static final String YES = "--yes";

    private final Session session;
    private final Action action;
    private final CommandSpec spec;

    private ActionCommand(Session session, Action action) {
        this.session = session;
        this.action = action;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(action.verb());
        describe();
    }

    /** A command of commands, such as {@code haven projects}. */
    static CommandLine group(Session session, String name, Actions.Group group) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(new Group()).name(name);
        spec.usageMessage().description(group.description() + ".");
        spec.mixinStandardHelpOptions(true);
        CommandLine line = new CommandLine(spec);
        for (Action action : group.actions()) {
            line.addSubcommand(action.verb(), new CommandLine(new ActionCommand(session, action).spec));
        }
        return line;
    }

    @Override
    public Integer call() throws IOException {
        References references = session.references();
        Map<String, String> known = new LinkedHashMap<>();
        List<String> arguments = action.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            String given = spec.positionalParameters().get(i).getValue();
            known.put(name, references.id(name, given, known));
        }
        if (action.path().contains("{team}")) {
            known.put("team", references.team());
        }
        String path = Api.path(action.path(), known, query());
        Screen screen = session.screen();
        switch (action.shape()) {
            case LIST -> screen.list(session.api().all(path, limit()), action.columns());
            case SHOW -> screen.show(session.api().get(path));
            case CREATE, DO -> answer(session.api().send(action.method(), path, body(references), Map.of()));
            case UPDATE -> {
                String tag = session.api().send("GET", path, null, Map.of()).header("ETag");
                screen.show(session.api()
                        .send("PATCH", path, body(references), tag == null ? Map.of() : Map.of("If-Match", tag))
                        .body());
            }
            case DELETE -> delete(path);
            case STREAM -> stream(path);
        }
        return 0;
    }

    private void answer(Api.Answer answer) {
        if (answer.body().isMissingNode()) {
            session.screen().say("Done.");
        } else {
            session.screen().show(answer.body());
        }
    }

    private void delete(String path) {
        boolean sure = Boolean.TRUE.equals(spec.findOption(YES).getValue());
        if (!sure) {
            java.io.Console console = System.console();
            String typed = console == null ? null : console.readLine("%s? [y/N] ", action.description());
            if (typed == null) {
                throw Failure.usage("Say --yes to do it without being asked.");
            }
            if (!typed.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
                session.screen().say("Nothing was done.");
                return;
            }
        }
        answer(session.api().send(action.method(), path, null, Map.of()));
    }

    private void stream(String path) throws IOException {
        try (InputStream in = session.api().stream(path, "application/x-ndjson", null);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                session.screen().line(line);
                line = reader.readLine();
            }
        }
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        for (Field field : action.query()) {
            List<String> given = given(field);
            if (!given.isEmpty()) {
                query.put(field.pointer(), given.getFirst());
            }
        }
        return query;
    }

    private int limit() {
        Integer limit = spec.findOption(LIMIT).getValue();
        return limit == null ? MOST : Math.max(1, limit);
    }

    private @Nullable JsonNode body(References references) {
        if (action.fields().isEmpty()) {
            return null;
        }
        ObjectNode body = session.json().createObjectNode();
        String whole = spec.findOption(BODY).getValue();
        if (whole != null) {
            body = Field.json(whole, session.json()).asObject();
        }
        for (Field field : action.fields()) {
            List<String> given = given(field);
            if (!given.isEmpty()) {
                field.put(body, given, references, session.json());
            } else if (field.required() && body.at(field.pointer()).isMissingNode()) {
                throw Failure.usage("--" + field.option() + " is needed: " + field.description() + ".");
            }
        }
        for (String option : cleared()) {
            action.fields().stream()
                    .filter(field -> field.option().equals(option.replaceFirst("^--", "")))
                    .findFirst()
                    .orElseThrow(() -> Failure.usage("There is no option --" + option + " to clear."))
                    .clear(body);
        }
        if (action.shape() == Action.Shape.UPDATE && body.isEmpty()) {
            throw Failure.usage("Say what to change; --help lists the options.");
        }
        return body;
    }

    private List<String> cleared() {
        OptionSpec option = spec.findOption(CLEAR);
        List<String> given = option == null ? null : option.getValue();
        return given == null ? List.of() : given;
    }

    private List<String> given(Field field) {
        Object value = spec.findOption("--" + field.option()).getValue();
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> List.of(value.toString());
        };
    }

    private void describe() {
        spec.usageMessage().description(action.description() + ".");
        spec.mixinStandardHelpOptions(true);
        List<String> arguments = action.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            spec.addPositional(PositionalParamSpec.builder()
                    .index(Integer.toString(i))
                    .arity("1")
                    .required(true)
                    .type(String.class)
                    .paramLabel(label(arguments.get(i)))
                    .description(help(arguments.get(i)))
                    .build());
        }
        List<Field> options = new ArrayList<>(action.query());
        options.addAll(action.fields());
        options.forEach(field -> spec.addOption(option(field)));
        if (!action.fields().isEmpty()) {
            spec.addOption(OptionSpec.builder(BODY)
                    .type(String.class)
                    .paramLabel("JSON")
                    .description("the whole body as JSON, @FILE or -; other options come on top")
                    .build());
        }
        switch (action.shape()) {
            case UPDATE ->
                spec.addOption(OptionSpec.builder(CLEAR)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel("OPTION")
                        .description("unset what this option sets, again for more")
                        .build());
            case DELETE ->
                spec.addOption(OptionSpec.builder("-y", YES)
                        .type(boolean.class)
                        .description("do not ask first")
                        .build());
            case LIST ->
                spec.addOption(OptionSpec.builder(LIMIT)
                        .type(Integer.class)
                        .paramLabel("COUNT")
                        .description("how many at most")
                        .build());
            case SHOW, CREATE, DO, STREAM -> {
                // They need no option of their own.
            }
        }
    }

    private static OptionSpec option(Field field) {
        OptionSpec.Builder option = OptionSpec.builder("--" + field.option())
                .description(field.description() + (field.required() ? " (needed)" : ""));
        if (field.type() == Field.Type.FLAG) {
            return option.type(Boolean.class)
                    .arity("0..1")
                    .fallbackValue("true")
                    .paramLabel("true|false")
                    .build();
        }
        if (field.repeats()) {
            return option.type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .paramLabel("VALUE")
                    .build();
        }
        if (field.type() == Field.Type.SECRET) {
            return option.type(String.class)
                    .arity("0..1")
                    .fallbackValue("")
                    .paramLabel("SECRET")
                    .build();
        }
        return option.type(String.class).paramLabel("VALUE").build();
    }

    private static String label(String argument) {
        return switch (argument) {
            case "application" -> "APP";
            default -> argument.toUpperCase(Locale.ROOT);
        };
    }

    private static String help(String argument) {
        return switch (argument) {
            case "application" -> "PROJECT/ENVIRONMENT/APP, or an id";
            case "environment" -> "PROJECT/ENVIRONMENT, or an id";
            case "deployment", "release" -> "its number, or an id";
            case "member", "invitation" -> "the e-mail address, or an id";
            case "domain" -> "the host name, or an id";
            default -> "its name, or an id";
        };
    }

    /** A group by itself does nothing. */
    private static final class Group implements Callable<Integer> {
        @Override
        public Integer call() {
            throw Failure.usage("Say what to do; --help lists it.");
        }
    }
}
