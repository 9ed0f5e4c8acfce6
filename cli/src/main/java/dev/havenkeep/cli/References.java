package dev.havenkeep.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the ids that the API wants for the names that people use: {@code shop} for a project, {@code shop/production}
 * for an environment, {@code shop/production/web} for an application. An id is always taken as it is.
 */
final class References {

    private static final int MOST = 1_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Api api;
    private final Map<String, String> environment;
    private final Path folder;
    private final @Nullable String team;

    References(Api api, Map<String, String> environment, Path folder, @Nullable String team) {
        this.api = api;
        this.environment = environment;
        this.folder = folder;
        this.team = team;
    }

    /** The id of what a path variable means. The ids that stand before it in the command are known by then. */
    String id(String variable, String text, Map<String, String> known) {
        if (ID.matcher(text).matches()) {
            return text;
        }
        return switch (variable) {
            case "project" -> named("/teams/" + team() + "/projects", "project", text, "name");
            case "environment" -> environment(text);
            case "application" -> application(text);
            case "server" -> named("/teams/" + team() + "/servers", "server", text, "name");
            case "credential" -> named("/teams/" + team() + "/git-credentials", "git credential", text, "name");
            case "realm" -> named("/teams/" + team() + "/realms", "realm", text, "name");
            case "client" -> named("/realms/" + known.get("realm") + "/clients", "client", text, "clientId");
            case "connection" -> named("/realms/" + known.get("realm") + "/connections", "connection", text, "name");
            case "user" -> user(known.get("realm"), text);
            case "token" -> named("/teams/" + team() + "/tokens", "token", text, "name");
            case "member" -> named("/teams/" + team() + "/members", "member", text, "email");
            case "invitation" -> named("/teams/" + team() + "/invitations", "invitation", text, "email");
            case "variable" -> named(of(known, "variables"), "variable", text, "name");
            case "domain" -> named(of(known, "domains"), "domain", text, "host");
            case "deployment" -> numbered(of(known, "deployments"), "deployment", text);
            case "release" -> numbered(of(known, "releases"), "release", text);
            default -> text;
        };
    }

    /** A user of a realm by address: searched for, since there may be very many. */
    private String user(@Nullable String realm, String address) {
        String search = URLEncoder.encode(address, StandardCharsets.UTF_8);
        return named("/realms/" + realm + "/users?search=" + search, "user", address, "email");
    }

    /** The team that commands are about: the chosen one, or the only one there is. */
    String team() {
        if (team != null && ID.matcher(team).matches()) {
            return team;
        }
        if (team != null) {
            return named("/teams", "team", team, "name");
        }
        List<JsonNode> teams = api.all("/teams", MOST);
        if (teams.size() != 1) {
            throw Failure.usage(
                    teams.isEmpty()
                            ? "You are in no team yet."
                            : "Say which team: --team NAME, with one of " + names(teams, "name") + ".");
        }
        return teams.getFirst().path("id").asString();
    }

    /** The application that is meant when none is named: by HAVEN_APP, by a file .haven, or as the only one. */
    String application(@Nullable String text) {
        String named = text != null ? text : environment.get("HAVEN_APP");
        if (named == null || named.isEmpty()) {
            named = fromFile();
        }
        if (named == null) {
            throw Failure.usage("Say which application: PROJECT/ENVIRONMENT/APP, or set HAVEN_APP, or write it into a"
                    + " file named .haven here.");
        }
        if (ID.matcher(named).matches()) {
            return named;
        }
        int slash = named.lastIndexOf('/');
        if (slash < 0) {
            throw Failure.usage(
                    "An application is named PROJECT/ENVIRONMENT/APP, for example shop/production/" + named);
        }
        return named(
                "/environments/" + environment(named.substring(0, slash)) + "/applications",
                "application",
                named.substring(slash + 1),
                "name");
    }

    private String environment(String text) {
        int slash = text.indexOf('/');
        if (ID.matcher(text).matches()) {
            return text;
        }
        if (slash < 0) {
            throw Failure.usage("An environment is named PROJECT/ENVIRONMENT, for example " + text + "/production");
        }
        String project = id("project", text.substring(0, slash), Map.of());
        return named("/projects/" + project + "/environments", "environment", text.substring(slash + 1), "name");
    }

    private @Nullable String fromFile() {
        for (Path at = folder.toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve(".haven");
            if (Files.isRegularFile(file)) {
                try {
                    return Files.readString(file).strip();
                } catch (IOException e) {
                    throw Failure.of("A file cannot be read", file + ": " + e.getMessage());
                }
            }
        }
        return null;
    }

    private String numbered(String list, String kind, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw Failure.usage("A " + kind + " is named by its number or its id, not by " + text);
        }
        return named(list, kind, text, "number");
    }

    private String named(String list, String kind, String text, String member) {
        List<JsonNode> all = api.all(list, MOST);
        List<JsonNode> found = all.stream()
                .filter(item -> item.path(member).asString("").equals(text))
                .toList();
        if (found.size() == 1) {
            return found.getFirst().path("id").asString();
        }
        if (found.size() > 1) {
            throw Failure.usage("There are several named " + text + "; use the id: "
                    + found.stream().map(item -> item.path("id").asString()).collect(Collectors.joining(", ")));
        }
        throw Failure.of(
                "There is no such " + kind,
                "No " + kind + " is named " + text + "."
                        + (all.isEmpty() ? "" : " There is: " + names(all, member) + "."));
    }

    private static String names(List<JsonNode> items, String member) {
        String names = items.stream()
                .limit(10)
                .map(item -> item.path(member).asString(""))
                .collect(Collectors.joining(", "));
        return items.size() > 10 ? names + ", …" : names;
    }

    private static String of(Map<String, String> known, String list) {
        String application = known.get("application");
        if (application == null) {
            throw Failure.usage("Use the id, or name the application before it.");
        }
        return "/applications/" + application + "/" + list;
    }
}
