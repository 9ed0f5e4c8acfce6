package dev.havenkeep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the control plane is and who we are to it: the file {@code ~/.config/haven/config.json}, which only its owner
 * may read, with one entry per profile. {@code HAVEN_URL}, {@code HAVEN_TOKEN} and {@code HAVEN_TEAM} come before it.
 */
final class Settings {

    private static final String DEFAULT_PROFILE = "default";

    private final JsonMapper json;
    private final Path file;
    private final Map<String, String> environment;
    private final String profile;

    Settings(JsonMapper json, Map<String, String> environment, @Nullable String profile) {
        this.json = json;
        this.environment = environment;
        this.file = file(environment);
        String chosen = profile != null ? profile : environment.get("HAVEN_PROFILE");
        this.profile = chosen == null || chosen.isEmpty() ? DEFAULT_PROFILE : chosen;
    }

    /** What is known of a control plane; never printed. */
    record Entry(
            @Nullable String url,
            @Nullable String token,
            @Nullable String team) {}

    Entry read() {
        JsonNode stored = load().path("profiles").path(profile);
        return new Entry(
                first("HAVEN_URL", stored.path("url")),
                first("HAVEN_TOKEN", stored.path("token")),
                first("HAVEN_TEAM", stored.path("team")));
    }

    void write(Entry entry) {
        ObjectNode all = load();
        ObjectNode mine = all.withObject("profiles").putObject(profile);
        put(mine, "url", entry.url());
        put(mine, "token", entry.token());
        put(mine, "team", entry.team());
        save(all);
    }

    void remove() {
        ObjectNode all = load();
        all.withObject("profiles").remove(profile);
        save(all);
    }

    Path file() {
        return file;
    }

    private ObjectNode load() {
        try {
            return Files.exists(file) ? json.readTree(Files.readString(file)).asObject() : json.createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        } catch (JacksonException e) {
            throw Failure.of("The configuration is damaged", file + " is not JSON. Remove it and sign in again.");
        }
    }

    private void save(ObjectNode all) {
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path fresh = Files.createTempFile(
                    file.getParent(),
                    "config",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    fresh,
                    json.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n",
                    StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private @Nullable String first(String variable, JsonNode stored) {
        String set = environment.get(variable);
        return set != null && !set.isEmpty() ? set : stored.isString() ? stored.asString() : null;
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static Path file(Map<String, String> environment) {
        String chosen = environment.get("HAVEN_CONFIG");
        if (chosen != null && !chosen.isEmpty()) {
            return Path.of(chosen).toAbsolutePath();
        }
        String config = environment.get("XDG_CONFIG_HOME");
        Path base = config != null && !config.isEmpty()
                ? Path.of(config)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config");
        return base.resolve("haven").resolve("config.json").toAbsolutePath();
    }
}
