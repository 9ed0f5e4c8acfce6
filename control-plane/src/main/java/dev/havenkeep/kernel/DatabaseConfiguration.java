package dev.havenkeep.kernel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the database that the properties name: SQLite in the data folder, or PostgreSQL by URL. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int POSTGRESQL_CONNECTIONS = 10;
    private static final int SQLITE_READERS = 4;
    private static final long BUSY_TIMEOUT_MILLIS = 10_000;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The writer: also what Flyway and the scheduler use. */
    @Bean(destroyMethod = "close")
    @Primary
    HikariDataSource dataSource(HavenProperties properties) {
        if (properties.databaseUrl() != null) {
            return postgresql(properties);
        }
        HikariConfig config = sqlite(properties);
        config.setPoolName("sqlite-writer");
        config.setMaximumPoolSize(1);
        config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
        return new HikariDataSource(config);
    }

    @Bean(destroyMethod = "close", defaultCandidate = false)
    @Qualifier("reader")
    DataSource readerDataSource(HavenProperties properties, HikariDataSource dataSource) {
        if (properties.databaseUrl() != null) {
            return dataSource;
        }
        HikariConfig config = sqlite(properties);
        config.setPoolName("sqlite-reader");
        config.setMaximumPoolSize(SQLITE_READERS);
        config.setMinimumIdle(1);
        config.addDataSourceProperty("query_only", "true");
        return new HikariDataSource(config);
    }

    @Bean
    PlatformTransactionManager transactionManager(HikariDataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Database database(
            HavenProperties properties,
            HikariDataSource dataSource,
            @Qualifier("reader") DataSource readerDataSource,
            PlatformTransactionManager transactionManager) {
        return new Database(
                dataSource,
                readerDataSource,
                new TransactionTemplate(transactionManager),
                properties.databaseUrl() == null ? Database.Dialect.SQLITE : Database.Dialect.POSTGRESQL);
    }

    private static HikariConfig sqlite(HavenProperties properties) {
        try {
            if (!Files.isDirectory(properties.dataDir())) {
                Files.createDirectories(
                        properties.dataDir(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data folder " + properties.dataDir() + " cannot be made", e);
        }
        HikariConfig config = new HikariConfig();
        config.setDriverClassName("org.sqlite.JDBC");
        config.setJdbcUrl("jdbc:sqlite:" + properties.dataDir().resolve("havenkeep.db"));
        Properties pragmas = new Properties();
        pragmas.setProperty("journal_mode", "WAL");
        pragmas.setProperty("synchronous", "FULL");
        pragmas.setProperty("foreign_keys", "true");
        pragmas.setProperty("busy_timeout", Long.toString(BUSY_TIMEOUT_MILLIS));
        config.setDataSourceProperties(pragmas);
        return config;
    }

    private static HikariDataSource postgresql(HavenProperties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgresql");
        config.setJdbcUrl(properties.databaseUrl());
        config.setUsername(properties.databaseUser());
        config.setPassword(properties.databasePassword());
        config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        config.setMinimumIdle(1);
        // Lets one SQL text serve both databases: parameters take the column's type, as on SQLite.
        config.addDataSourceProperty("stringtype", "unspecified");
        return new HikariDataSource(config);
    }
}
