package dev.havenkeep.kernel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens databases beside the main one: those of realms. There may be hundreds, most of them asleep, so a database that
 * nobody asks holds no connection and no thread.
 */
@Component
public class DatabaseFactory implements AutoCloseable {

    private static final long BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int SQLITE_READERS = 4;
    private static final int POSTGRESQL_CONNECTIONS = 8;
    private static final Duration ASLEEP_AFTER = Duration.ofMinutes(1);

    /** Puts idle connections away, for all databases. */
    private final ScheduledExecutorService housekeeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("databases").daemon().factory());

    /**
     * Opens a SQLite database, with its folder and file if they are not there: one writer whose transactions begin
     * {@code IMMEDIATE}, and readers.
     */
    public Database sqlite(String name, Path file) {
        HikariConfig writer = sqlite(file);
        writer.setPoolName(name + "-writer");
        writer.setMaximumPoolSize(1);
        writer.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        HikariConfig reader = sqlite(file);
        reader.setPoolName(name + "-reader");
        reader.setMaximumPoolSize(SQLITE_READERS);
        reader.addDataSourceProperty("query_only", "true");
        HikariDataSource writers = sleepy(writer);
        return new Database(writers, sleepy(reader), transactions(writers), Database.Dialect.SQLITE);
    }

    /** Opens a PostgreSQL database; nothing is asked of it yet. */
    public Database postgresql(String name, String url, @Nullable String user, @Nullable Secret password) {
        HikariConfig config = postgresql(url, user, password == null ? null : password.reveal());
        config.setPoolName(name);
        config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        HikariDataSource source = sleepy(config);
        return new Database(source, source, transactions(source), Database.Dialect.POSTGRESQL);
    }

    @Override
    public void close() {
        housekeeper.shutdownNow();
    }

    private HikariDataSource sleepy(HikariConfig config) {
        config.setMinimumIdle(0);
        config.setIdleTimeout(ASLEEP_AFTER.toMillis());
        config.setScheduledExecutor(housekeeper);
        // Not even asked whether it is there: whoever needs it finds out, and is told.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static TransactionTemplate transactions(HikariDataSource source) {
        return new TransactionTemplate(new JdbcTransactionManager(source));
    }

    static HikariConfig sqlite(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("org.sqlite.JDBC");
        config.setJdbcUrl("jdbc:sqlite:" + file);
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        pragmas.setProperty("synchronous", "FULL");
        pragmas.setProperty("foreign_keys", "true");
        pragmas.setProperty("busy_timeout", Long.toString(BUSY_TIMEOUT_MILLIS));
        config.setDataSourceProperties(pragmas);
        return config;
    }

    static HikariConfig postgresql(@Nullable String url, @Nullable String user, @Nullable String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        // Lets one SQL text serve both databases: parameters take the column's type, as on SQLite.
        config.addDataSourceProperty("stringtype", "unspecified");
        return config;
    }
}
