package dev.havenkeep.deployments;

import dev.havenkeep.applications.Configuration;
import dev.havenkeep.applications.EnvironmentVariableName;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** The table {@code releases}. */
@Component
class ReleaseStore {

    private static final TypeReference<List<Stored>> STORED = new TypeReference<>() {};

    private final Database database;
    private final Json json;
    private final SecretBox secrets;

    ReleaseStore(Database database, Json json, SecretBox secrets) {
        this.database = database;
        this.json = json;
        this.secrets = secrets;
    }

    /** A variable as it is sealed. */
    record Stored(String name, String value, boolean secret) {}

    void insert(Release release) {
        database.write()
                .sql("""
                INSERT INTO releases (id, application_id, configuration, run_variables, build_variables, taken_at)
                VALUES (:id, :application, :configuration, :run, :build, :taken)
                """)
                .param("id", release.id().value())
                .param("application", release.application().value())
                .param("configuration", json.write(release.configuration()))
                .param("run", seal(release.id(), "run", release.variables().run()))
                .param("build", seal(release.id(), "build", release.variables().build()))
                .param("taken", release.takenAt().toEpochMilli())
                .update();
    }

    /** Gives a release its image and its number; changes nothing when it has them. */
    void complete(ReleaseId id, ApplicationId application, Release.Image image) {
        database.write()
                .sql("""
                UPDATE releases
                SET image_id = :image, image_reference = :reference, image_owned = :owned, source_commit = :commit,
                    number = (SELECT coalesce(max(number), 0) + 1 FROM releases WHERE application_id = :application)
                WHERE id = :id AND number IS NULL
                """)
                .param("id", id.value())
                .param("application", application.value())
                .param("image", image.id())
                .param("reference", image.reference())
                .param("owned", image.owned())
                .param("commit", image.commit() == null ? null : json.write(image.commit()))
                .update();
    }

    /** Takes a release away that never got its image. */
    void deleteIncomplete(ReleaseId id) {
        database.write()
                .sql("DELETE FROM releases WHERE id = :id AND number IS NULL")
                .param("id", id.value())
                .update();
    }

    void drop(ReleaseId id, Instant now) {
        database.write()
                .sql("""
                UPDATE releases SET dropped_at = :now, run_variables = NULL, build_variables = NULL
                WHERE id = :id
                """)
                .param("id", id.value())
                .param("now", now.toEpochMilli())
                .update();
    }

    /** Dropped releases whose image is not yet taken care of. */
    List<Release> imagesToRemove(ApplicationId application) {
        return database.read()
                .sql("""
                SELECT * FROM releases
                WHERE application_id = :application AND dropped_at IS NOT NULL AND image_removed_at IS NULL
                """)
                .param("application", application.value())
                .query(this::readRelease)
                .list();
    }

    void imageRemoved(ReleaseId id, Instant now) {
        database.write()
                .sql("UPDATE releases SET image_removed_at = :now WHERE id = :id")
                .param("id", id.value())
                .param("now", now.toEpochMilli())
                .update();
    }

    Optional<Release> find(ReleaseId id) {
        return database.write()
                .sql("SELECT * FROM releases WHERE id = :id")
                .param("id", id.value())
                .query(this::readRelease)
                .optional();
    }

    /** The complete releases that are kept, newest first. */
    List<Release> kept(ApplicationId application) {
        return database.read()
                .sql("""
                SELECT * FROM releases
                WHERE application_id = :application AND number IS NOT NULL AND dropped_at IS NULL
                ORDER BY number DESC
                """)
                .param("application", application.value())
                .query(this::readRelease)
                .list();
    }

    List<Release> list(ApplicationId application, Paging paging) {
        return database.read()
                .sql("""
                SELECT * FROM releases
                WHERE application_id = :application AND number IS NOT NULL AND dropped_at IS NULL AND number < :before
                ORDER BY number DESC
                LIMIT :rows
                """)
                .param("application", application.value())
                .param("before", before(paging.after()))
                .param("rows", paging.rows())
                .query(this::readRelease)
                .list();
    }

    /** Whether any application keeps a release of this image. */
    boolean keepsImage(String imageId) {
        return !database.read()
                .sql("SELECT id FROM releases WHERE image_id = :image AND dropped_at IS NULL LIMIT 1")
                .param("image", imageId)
                .query(String.class)
                .list()
                .isEmpty();
    }

    /** Whether another application keeps a release with this image. */
    boolean othersKeepImage(ApplicationId application, String imageId) {
        return !database.read()
                .sql("""
                SELECT id FROM releases
                WHERE image_id = :image AND application_id <> :application AND dropped_at IS NULL
                LIMIT 1
                """)
                .param("image", imageId)
                .param("application", application.value())
                .query(String.class)
                .list()
                .isEmpty();
    }

    /** Whether a release, kept or not, brought this image to the server. */
    boolean ownsImage(String imageId) {
        return !database.read()
                .sql("SELECT id FROM releases WHERE image_id = :image AND image_owned LIMIT 1")
                .param("image", imageId)
                .query(String.class)
                .list()
                .isEmpty();
    }

    Optional<ApplicationId> ownerOf(String release) {
        return database.read()
                .sql("SELECT application_id FROM releases WHERE id = :id")
                .param("id", release)
                .query((row, number) -> new ApplicationId(row.getString("application_id")))
                .optional();
    }

    private static long before(@Nullable String cursor) {
        try {
            return cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private Release readRelease(ResultSet row, int position) throws SQLException {
        ReleaseId id = new ReleaseId(row.getString("id"));
        long number = row.getLong("number");
        boolean complete = !row.wasNull();
        String image = row.getString("image_id");
        String reference = row.getString("image_reference");
        String commit = row.getString("source_commit");
        long dropped = row.getLong("dropped_at");
        boolean isDropped = !row.wasNull();
        return new Release(
                id,
                new ApplicationId(row.getString("application_id")),
                complete ? number : null,
                image == null || reference == null
                        ? null
                        : new Release.Image(
                                image,
                                reference,
                                row.getBoolean("image_owned"),
                                commit == null ? null : json.read(commit, Deployment.SourceCommit.class)),
                json.read(row.getString("configuration"), Configuration.class),
                new Release.Variables(
                        open(id, "run", row.getString("run_variables")),
                        open(id, "build", row.getString("build_variables"))),
                Instant.ofEpochMilli(row.getLong("taken_at")),
                isDropped ? Instant.ofEpochMilli(dropped) : null);
    }

    private String seal(ReleaseId id, String part, List<Release.Value> values) {
        List<Stored> stored = values.stream()
                .map(value -> new Stored(value.name().value(), value.value().reveal(), value.secret()))
                .toList();
        return secrets.seal(Secret.of(json.write(stored)), owner(id, part));
    }

    private List<Release.Value> open(ReleaseId id, String part, @Nullable String sealed) {
        if (sealed == null) {
            return List.of();
        }
        return json.read(secrets.open(sealed, owner(id, part)).reveal(), STORED).stream()
                .map(stored -> new Release.Value(
                        new EnvironmentVariableName(stored.name()), Secret.of(stored.value()), stored.secret()))
                .toList();
    }

    private static String owner(ReleaseId id, String part) {
        return "release/" + id + "/" + part + "-variables";
    }
}
