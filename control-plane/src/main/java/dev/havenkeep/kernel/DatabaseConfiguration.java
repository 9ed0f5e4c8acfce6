package dev.havenkeep.kernel;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
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

    @Bean(destroyMethod = "")
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
        return DatabaseFactory.sqlite(properties.dataDir().resolve("havenkeep.db"));
    }

    private static HikariDataSource postgresql(HavenProperties properties) {
        HikariConfig config = DatabaseFactory.postgresql(
                properties.databaseUrl(), properties.databaseUser(), properties.databasePassword());
        config.setPoolName("postgresql");
        config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }
}
