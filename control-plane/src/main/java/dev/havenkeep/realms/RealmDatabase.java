package dev.havenkeep.realms;

import dev.havenkeep.kernel.Database;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One realm's own store. SQL for it writes each table as <code>{realm}.users</code>, which becomes the table of the
 * realm's file or schema: every statement says by itself where it goes, and no state of a connection is relied on, so
 * that it works behind a pooler that changes connections between transactions.
 *
 * <p>A realm's transaction may begin inside one of the installation's database, never the other way round: so the two
 * are always entered in the same order, and nobody waits for each other in a circle.
 */
public final class RealmDatabase {

    private final RealmId realm;
    private final Database database;
    private final String prefix;
    private final @Nullable String schema;

    RealmDatabase(RealmId realm, Database database, @Nullable String schema) {
        this.realm = realm;
        this.database = database;
        this.schema = schema;
        this.prefix = schema == null ? "" : schema + ".";
    }

    /** Whose store it is. */
    public RealmId realm() {
        return realm;
    }

    /** A statement that changes something. Outside {@link #transaction} it commits by itself. */
    public JdbcClient.StatementSpec write(String sql) {
        return database.write().sql(placed(sql));
    }

    /** A query; inside a transaction it sees what was written. */
    public JdbcClient.StatementSpec read(String sql) {
        return database.read().sql(placed(sql));
    }

    /** Runs the work in one transaction (joining one that is under way) and answers what it answers. */
    public <T extends @Nullable Object> T transaction(Supplier<T> work) {
        return database.transaction(work);
    }

    /** Runs the work in one transaction, joining one that is under way. */
    public void transaction(Runnable work) {
        database.transaction(work);
    }

    /** Which database it is; only for what the common SQL subset cannot say. */
    public Database.Dialect dialect() {
        return database.dialect();
    }

    @Nullable
    String schema() {
        return schema;
    }

    Database database() {
        return database;
    }

    private String placed(String sql) {
        return sql.replace("{realm}.", prefix);
    }
}
