package dev.havenkeep.realms;

import dev.havenkeep.kernel.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Brings a realm's store to the shape that this version of the platform works with: the scripts of {@code db/realm}
 * that it has not had yet, in the order of their numbers, in one transaction. (The installation's own database has
 * Flyway; a realm is made in the time of a request, in a schema that no connection state may name.)
 */
@Component
class RealmMigrations {

    private static final Pattern FILE = Pattern.compile("R(\\d+)__(\\w+)\\.sql");

    /** One script: statements with placeholders. */
    private record Script(int number, String name, List<String> statements) {}

    private final InstantSource clock;
    private final List<Script> scripts;

    RealmMigrations(InstantSource clock) throws IOException {
        this.clock = clock;
        List<Script> found = new ArrayList<>();
        for (Resource resource : new PathMatchingResourcePatternResolver().getResources("classpath*:db/realm/*.sql")) {
            found.add(script(resource));
        }
        found.sort(Comparator.comparingInt(Script::number));
        if (found.isEmpty() || found.stream().map(Script::number).distinct().count() != found.size()) {
            throw new IllegalStateException("The scripts of realms' stores are missing, or two have the same number");
        }
        scripts = List.copyOf(found);
    }

    /** Makes or migrates the store. */
    void migrate(RealmDatabase store) {
        store.transaction(() -> {
            if (store.schema() != null) {
                // One process at a time; the others find it done.
                store.read("SELECT pg_advisory_xact_lock(hashtext(:schema))")
                        .param("schema", store.schema())
                        .query((row, _) -> "")
                        .list();
                store.write("CREATE SCHEMA IF NOT EXISTS " + store.schema()).update();
            }
            store.write("""
                    CREATE TABLE IF NOT EXISTS {realm}.migrations (
                        number     INTEGER PRIMARY KEY,
                        name       TEXT NOT NULL,
                        applied_at BIGINT NOT NULL
                    )""").update();
            Set<Integer> applied = new HashSet<>(store.read("SELECT number FROM {realm}.migrations")
                    .query(Integer.class)
                    .list());
            int known = scripts.getLast().number();
            applied.stream().filter(number -> number > known).findAny().ifPresent(number -> {
                throw new IllegalStateException("The store of realm " + store.realm()
                        + " was last used by a newer version (its script " + number + "); run that version");
            });
            scripts.stream()
                    .filter(script -> !applied.contains(script.number()))
                    .forEach(script -> apply(script, store));
        });
    }

    private void apply(Script script, RealmDatabase store) {
        String binary = store.dialect() == Database.Dialect.SQLITE ? "COLLATE BINARY" : "COLLATE \"C\"";
        script.statements()
                .forEach(statement ->
                        store.write(statement.replace("{binary}", binary)).update());
        store.write("INSERT INTO {realm}.migrations (number, name, applied_at) VALUES (:number, :name, :now)")
                .param("number", script.number())
                .param("name", script.name())
                .param("now", clock.millis())
                .update();
    }

    private static Script script(Resource resource) {
        Matcher name = FILE.matcher(Objects.requireNonNull(resource.getFilename()));
        if (!name.matches()) {
            throw new IllegalStateException(resource.getFilename() + " is not named like R010__users.sql");
        }
        try {
            // A statement ends with a semicolon at the end of its line.
            String text = resource.getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().startsWith("--"))
                    .collect(Collectors.joining("\n"));
            List<String> statements = Arrays.stream(text.split(";\\s*(\\n|$)"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
            return new Script(Integer.parseInt(name.group(1)), name.group(2), statements);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
