package dev.havenkeep.realms;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.DatabaseFactory;
import dev.havenkeep.kernel.HavenProperties;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Opens, migrates and removes the stores of realms. Each is opened when it is first asked for. */
@Component
class RealmStores {

    /** Where a realm's store is: as the registry keeps it. */
    record Place(
            RealmId realm,
            @Nullable String schema,
            @Nullable String sealedAccess) {}

    /** How to reach a PostgreSQL database of its own. */
    record Access(
            String url, @Nullable String user, @Nullable String password) {}

    private final Database main;
    private final DatabaseFactory factory;
    private final RealmMigrations migrations;
    private final HavenProperties properties;
    private final SecretBox box;
    private final Json json;
    private final Map<RealmId, RealmDatabase> opened = new ConcurrentHashMap<>();

    RealmStores(
            Database main,
            DatabaseFactory factory,
            RealmMigrations migrations,
            HavenProperties properties,
            SecretBox box,
            Json json) {
        this.main = main;
        this.factory = factory;
        this.migrations = migrations;
        this.properties = properties;
        this.box = box;
        this.json = json;
    }

    /**
     * Tries to sign in to a database that somebody named.
     *
     * @throws ProblemException 422 that says why it cannot be used
     */
    static void check(PostgresqlAccess access) {
        Properties properties = new Properties();
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        if (access.user() != null) {
            properties.setProperty("user", access.user());
        }
        if (access.password() != null) {
            properties.setProperty("password", access.password().reveal());
        }
        try (Connection connection = DriverManager.getConnection(access.url(), properties)) {
            if (!connection.isValid(5)) {
                throw unusable("it does not answer", null);
            }
        } catch (SQLException e) {
            throw unusable("the connection fails (SQL state " + e.getSQLState() + ")", e);
        }
    }

    private static ProblemException unusable(String why, @Nullable SQLException cause) {
        return new ProblemException(
                Problem.invalid(
                        "database.url",
                        "cannot be used: " + why + "; check url, user and password, and that it lets this machine in"),
                cause);
    }

    /** Where a new realm's store will be. */
    Place place(RealmId realm, @Nullable PostgresqlAccess own) {
        String schema = "realm_" + realm.value().replace("-", "");
        if (own != null) {
            Access access = new Access(
                    own.url(),
                    own.user(),
                    own.password() == null ? null : own.password().reveal());
            return new Place(realm, schema, box.seal(Secret.of(json.write(access)), owner(realm)));
        }
        return main.dialect() == Database.Dialect.SQLITE
                ? new Place(realm, null, null)
                : new Place(realm, schema, null);
    }

    /** The realm's store, migrated. */
    RealmDatabase open(Place place) {
        RealmDatabase store = opened.get(place.realm());
        return store != null ? store : opened.computeIfAbsent(place.realm(), _ -> connect(place));
    }

    /** The realm's store, if it is open: the usual case, which asks the registry nothing. */
    @Nullable
    RealmDatabase opened(RealmId realm) {
        return opened.get(realm);
    }

    /** Removes the store with everything in it. */
    void remove(Place place) {
        RealmDatabase store = open(place);
        opened.remove(place.realm());
        if (store.schema() != null) {
            store.write("DROP SCHEMA IF EXISTS " + store.schema() + " CASCADE").update();
        }
        if (store.database() != main) {
            store.database().close();
        }
        if (store.schema() == null) {
            delete(folder(place.realm()));
        }
    }

    @PreDestroy
    void close() {
        opened.values().stream()
                .map(RealmDatabase::database)
                .filter(database -> database != main)
                .forEach(Database::close);
    }

    private RealmDatabase connect(Place place) {
        RealmDatabase store = new RealmDatabase(place.realm(), database(place), place.schema());
        try {
            migrations.migrate(store);
        } catch (DataAccessException | TransactionException e) {
            if (store.database() != main) {
                store.database().close();
            }
            if (place.sealedAccess() == null) {
                throw e;
            }
            throw new ProblemException(
                    Problem.of(
                            503,
                            "realm-store-unreachable",
                            "The realm's database does not answer",
                            "The PostgreSQL database of this realm cannot be used: "
                                    + e.getMostSpecificCause().getMessage()
                                    + ". Check that it runs and that its user may make schemas."),
                    e);
        }
        return store;
    }

    private Database database(Place place) {
        String name = "realm-" + place.realm();
        if (place.sealedAccess() != null) {
            Access access = json.read(
                    box.open(place.sealedAccess(), owner(place.realm())).reveal(), Access.class);
            return factory.postgresql(
                    name, access.url(), access.user(), access.password() == null ? null : Secret.of(access.password()));
        }
        return place.schema() == null ? factory.sqlite(name, file(place.realm())) : main;
    }

    private Path folder(RealmId realm) {
        return properties.dataDir().resolve("realms").resolve(realm.value());
    }

    private Path file(RealmId realm) {
        return folder(realm).resolve("realm.db");
    }

    private static String owner(RealmId realm) {
        return "realm/" + realm + "/access";
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of a realm's store cannot be removed", e);
        }
    }
}
