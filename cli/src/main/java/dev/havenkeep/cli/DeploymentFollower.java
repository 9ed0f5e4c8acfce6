package dev.havenkeep.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows a deployment to its end: its steps and its log, live. */
final class DeploymentFollower {

    private final Session session;
    private final Screen screen;
    private final Map<String, Instant> began = new HashMap<>();

    DeploymentFollower(Session session) {
        this.session = session;
        this.screen = session.screen();
    }

    /** Follows it; answers 0 when it succeeded, and fails with exit code 3 when not. */
    int follow(JsonNode deployment) {
        String id = deployment.path("id").asString("");
        print(id);
        JsonNode end = session.api().get("/deployments/" + id);
        String state = end.path("state").asString("");
        if (screen.isJson()) {
            print("deployment", end);
        }
        if (!state.equals("succeeded")) {
            JsonNode problem = end.path("problem");
            throw Failure.deployment(
                    problem.path("title").asString("The deployment was " + state),
                    problem.path("detail")
                            .asString("Deployment " + end.path("number").asString("") + " ended " + state + "."));
        }
        screen.say("Deployment " + Screen.text(end.path("number")) + " succeeded" + took(end) + ".");
        return 0;
    }

    /** Prints the log until the deployment ends. */
    void print(String id) {
        new EventSource(session.api(), "/deployments/" + id + "/log").read(true, this::on);
    }

    private boolean on(EventSource.Event event) {
        JsonNode data = session.json().readTree(event.data());
        if (screen.isJson()) {
            print(event.name(), data);
            return !event.name().equals("end");
        }
        switch (event.name()) {
            case "log" ->
                data.path("text")
                        .asString("")
                        .lines()
                        .forEach(line -> screen.line(("  " + Screen.plain(line)).stripTrailing()));
            case "step" -> step(data);
            case "end" -> {
                return false;
            }
            default -> {
                // A newer control plane may tell more than we know how to show.
            }
        }
        return true;
    }

    /** For a program: one object a line. */
    private void print(String event, JsonNode data) {
        ObjectNode line = session.json().createObjectNode();
        line.put("event", event);
        line.set("data", data);
        screen.line(line.toString());
    }

    private void step(JsonNode step) {
        String name = Screen.text(step.path("name"));
        Instant at = instant(step.path("at"));
        switch (step.path("state").asString("")) {
            case "running" -> {
                began.put(name, at);
                screen.line("▸ " + name);
            }
            case "succeeded" -> screen.line("✓ " + name + since(name, at));
            case "failed" -> screen.line("✗ " + name + since(name, at));
            default -> {
                // Pending and skipped steps are not worth a line.
            }
        }
    }

    private String since(String step, Instant at) {
        Instant start = began.get(step);
        return start == null ? "" : " " + seconds(Duration.between(start, at));
    }

    private static String took(JsonNode deployment) {
        Instant start = instant(deployment.path("startedAt"));
        Instant end = instant(deployment.path("finishedAt"));
        return start.equals(Instant.EPOCH) || end.equals(Instant.EPOCH)
                ? ""
                : " in " + seconds(Duration.between(start, end));
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis / 1000 + "." + millis % 1000 / 100 + " s";
    }

    private static Instant instant(JsonNode node) {
        try {
            return node.isString() ? Instant.parse(node.asString()) : Instant.EPOCH;
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
