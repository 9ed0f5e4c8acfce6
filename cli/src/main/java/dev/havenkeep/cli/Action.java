package dev.havenkeep.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of the API as a command: what it is called, what goes into the path, the query and the body, and what of
 * the answer is shown.
 *
 * @param verb the command's name, for example {@code create}
 * @param path under {@code /api/v1}, with its variables
 * @param ahead arguments that are in no path, but that others are found by: the application of a domain
 * @param query options that go into the query
 * @param fields options that go into the body
 * @param columns of a list's table; none for what is shown as a whole
 */
record Action(
        String verb,
        String description,
        String method,
        String path,
        List<String> ahead,
        List<Field> query,
        List<Field> fields,
        List<Column> columns,
        Shape shape) {

    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    /** What kind of operation it is. */
    enum Shape {
        LIST,
        SHOW,
        CREATE,
        /** A merge patch, made for the version that is read right before. */
        UPDATE,
        DELETE,
        /** Anything else that has an answer to show. */
        DO,
        /** The answer is printed as it comes. */
        STREAM
    }

    static Action list(String path, String description, String... columns) {
        return new Action(
                "list", description, "GET", path, List.of(), List.of(), List.of(), Column.of(columns), Shape.LIST);
    }

    static Action show(String path, String description) {
        return new Action("show", description, "GET", path, List.of(), List.of(), List.of(), List.of(), Shape.SHOW);
    }

    static Action create(String path, String description, Field... fields) {
        return new Action(
                "create", description, "POST", path, List.of(), List.of(), List.of(fields), List.of(), Shape.CREATE);
    }

    static Action update(String path, String description, Field... fields) {
        return new Action(
                "update", description, "PATCH", path, List.of(), List.of(), List.of(fields), List.of(), Shape.UPDATE);
    }

    static Action delete(String path, String description) {
        return new Action(
                "delete", description, "DELETE", path, List.of(), List.of(), List.of(), List.of(), Shape.DELETE);
    }

    static Action run(String verb, String method, String path, String description, Field... fields) {
        return new Action(verb, description, method, path, List.of(), List.of(), List.of(fields), List.of(), Shape.DO);
    }

    Action named(String other) {
        return new Action(other, description, method, path, ahead, query, fields, columns, shape);
    }

    Action after(String... arguments) {
        return new Action(verb, description, method, path, Arrays.asList(arguments), query, fields, columns, shape);
    }

    Action with(Field... options) {
        return new Action(verb, description, method, path, ahead, List.of(options), fields, columns, shape);
    }

    Action as(Shape other) {
        return new Action(verb, description, method, path, ahead, query, fields, columns, other);
    }

    /** The operation as the API's document names it. */
    String operation() {
        return method + " /api/v1" + path;
    }

    /** The command's arguments in their order; the team is an option of every command. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(ahead);
        Matcher matcher = VARIABLE.matcher(path);
        while (matcher.find()) {
            if (!matcher.group(1).equals("team")) {
                arguments.add(matcher.group(1));
            }
        }
        return arguments;
    }
}
