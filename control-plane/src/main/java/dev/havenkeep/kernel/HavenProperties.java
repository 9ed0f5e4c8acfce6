package dev.havenkeep.kernel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this installation is set up; everything else is kept in its database.
 *
 * @param dataDir the data folder: database, master key, repository mirrors, deployment logs
 * @param databaseUrl a {@code jdbc:postgresql:} URL; absent for the embedded SQLite database in the data folder
 * @param databaseUser the PostgreSQL user, when the URL does not name one
 * @param databasePassword the PostgreSQL password
 * @param publicUrl where people reach the console, without a trailing slash; absent for {@code http://localhost:PORT}
 */
@ConfigurationProperties("haven")
public record HavenProperties(
        @DefaultValue("${user.home}/.havenkeep") Path dataDir,
        @Nullable String databaseUrl,
        @Nullable String databaseUser,
        @Nullable String databasePassword,
        @Nullable String publicUrl) {}
