package dev.havenkeep.projects;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The tables of projects and environments. */
@Repository
class ProjectStore {

    private static final String ENVIRONMENTS = """
            SELECT environments.id, environments.project_id, projects.team_id, environments.name, environments.version,
                   environments.created_at, environments.changed_at
            FROM environments JOIN projects ON projects.id = environments.project_id
            """;

    private final Database database;

    ProjectStore(Database database) {
        this.database = database;
    }

    Optional<Project> find(ProjectId id) {
        return database.read()
                .sql("SELECT * FROM projects WHERE id = :id")
                .param("id", id.value())
                .query(ProjectStore::project)
                .optional();
    }

    Optional<Project> named(TeamId team, ProjectName name) {
        return database.read()
                .sql("SELECT * FROM projects WHERE team_id = :team AND name_key = :key")
                .param("team", team.value())
                .param("key", name.key())
                .query(ProjectStore::project)
                .optional();
    }

    List<Project> list(TeamId team, Paging paging) {
        return database.read()
                .sql("""
                        SELECT * FROM projects WHERE team_id = :team AND id > :after ORDER BY id LIMIT :rows""")
                .param("team", team.value())
                .param("after", after(paging))
                .param("rows", paging.rows())
                .query(ProjectStore::project)
                .list();
    }

    void insert(Project project) {
        database.write()
                .sql("""
                        INSERT INTO projects (id, team_id, name, name_key, description, version, created_at, changed_at)
                        VALUES (:id, :team, :name, :key, :description, :version, :created, :changed)""")
                .param("id", project.id().value())
                .param("team", project.teamId().value())
                .param("name", project.name().value())
                .param("key", project.name().key())
                .param("description", project.description())
                .param("version", project.version())
                .param("created", project.createdAt().toEpochMilli())
                .param("changed", project.changedAt().toEpochMilli())
                .update();
    }

    /** Whether the project was still of the version before this one. */
    boolean update(Project project) {
        return database.write()
                        .sql("""
                                UPDATE projects
                                SET name = :name, name_key = :key, description = :description, version = :version,
                                    changed_at = :changed
                                WHERE id = :id AND version = :version - 1""")
                        .param("id", project.id().value())
                        .param("name", project.name().value())
                        .param("key", project.name().key())
                        .param("description", project.description())
                        .param("version", project.version())
                        .param("changed", project.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void delete(ProjectId id) {
        database.write()
                .sql("DELETE FROM projects WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    Optional<Environment> find(EnvironmentId id) {
        return database.read()
                .sql(ENVIRONMENTS + "WHERE environments.id = :id")
                .param("id", id.value())
                .query(ProjectStore::environment)
                .optional();
    }

    Optional<Environment> named(ProjectId project, EnvironmentName name) {
        return database.read()
                .sql(ENVIRONMENTS + "WHERE environments.project_id = :project AND environments.name = :name")
                .param("project", project.value())
                .param("name", name.value())
                .query(ProjectStore::environment)
                .optional();
    }

    List<Environment> list(ProjectId project, Paging paging) {
        return database.read()
                .sql(ENVIRONMENTS + """
                        WHERE environments.project_id = :project AND environments.id > :after
                        ORDER BY environments.id LIMIT :rows""")
                .param("project", project.value())
                .param("after", after(paging))
                .param("rows", paging.rows())
                .query(ProjectStore::environment)
                .list();
    }

    void insert(Environment environment) {
        database.write()
                .sql("""
                        INSERT INTO environments (id, project_id, name, version, created_at, changed_at)
                        VALUES (:id, :project, :name, :version, :created, :changed)""")
                .param("id", environment.id().value())
                .param("project", environment.projectId().value())
                .param("name", environment.name().value())
                .param("version", environment.version())
                .param("created", environment.createdAt().toEpochMilli())
                .param("changed", environment.changedAt().toEpochMilli())
                .update();
    }

    /** Whether the environment was still of the version before this one. */
    boolean update(Environment environment) {
        return database.write()
                        .sql("""
                                UPDATE environments SET name = :name, version = :version, changed_at = :changed
                                WHERE id = :id AND version = :version - 1""")
                        .param("id", environment.id().value())
                        .param("name", environment.name().value())
                        .param("version", environment.version())
                        .param("changed", environment.changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void delete(EnvironmentId id) {
        database.write()
                .sql("DELETE FROM environments WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    private static String after(Paging paging) {
        return paging.after() == null ? "" : paging.after();
    }

    private static Project project(ResultSet row, int number) throws SQLException {
        return new Project(
                new ProjectId(row.getString("id")),
                new TeamId(row.getString("team_id")),
                new ProjectName(row.getString("name")),
                row.getString("description"),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private static Environment environment(ResultSet row, int number) throws SQLException {
        return new Environment(
                new EnvironmentId(row.getString("id")),
                new ProjectId(row.getString("project_id")),
                new TeamId(row.getString("team_id")),
                new EnvironmentName(row.getString("name")),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }
}
