package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.SecretBox;
import dev.havenkeep.kernel.ServerId;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tables {@code applications} and {@code application_variables}. */
@Component
class ApplicationStore {

    private final Database database;
    private final Json json;
    private final SecretBox secrets;

    ApplicationStore(Database database, Json json, SecretBox secrets) {
        this.database = database;
        this.json = json;
        this.secrets = secrets;
    }

    void insert(Application application) {
        Scope scope = application.scope();
        database.write()
                .sql("""
                INSERT INTO applications
                    (id, team_id, project_id, environment_id, server_id, name, configuration, registry_password,
                     version, created_at, changed_at, state, replicas_running)
                VALUES
                    (:id, :team, :project, :environment, :server, :name, :configuration, :password,
                     :version, :created, :changed, :state, 0)
                """)
                .param("id", application.id().value())
                .param("team", scope.team().value())
                .param("project", required(scope.project()).value())
                .param("environment", required(scope.environment()).value())
                .param("server", application.configuration().server().value())
                .param("name", application.name().value())
                .param("configuration", json.write(application.configuration()))
                .param("password", sealedPassword(application))
                .param("version", application.record().version())
                .param("created", application.record().createdAt().toEpochMilli())
                .param("changed", application.record().changedAt().toEpochMilli())
                .param("state", application.status().state().text())
                .update();
    }

    /** Answers whether the row still had the version before. */
    boolean update(Application application) {
        return database.write()
                        .sql("""
                UPDATE applications
                SET server_id = :server, name = :name, configuration = :configuration, registry_password = :password,
                    version = :version, changed_at = :changed
                WHERE id = :id AND version = :version - 1
                """)
                        .param("id", application.id().value())
                        .param("server", application.configuration().server().value())
                        .param("name", application.name().value())
                        .param("configuration", json.write(application.configuration()))
                        .param("password", sealedPassword(application))
                        .param("version", application.record().version())
                        .param("changed", application.record().changedAt().toEpochMilli())
                        .update()
                == 1;
    }

    void report(ApplicationId id, Status status) {
        Instant since = status.activeSince();
        database.write()
                .sql("""
                UPDATE applications
                SET state = :state, replicas_running = :replicas, active_release_id = :release,
                    active_deployment_id = :deployment, active_since_at = :since
                WHERE id = :id
                """)
                .param("id", id.value())
                .param("state", status.state().text())
                .param("replicas", status.replicasRunning())
                .param("release", status.activeReleaseId())
                .param("deployment", status.activeDeploymentId())
                .param("since", since == null ? null : since.toEpochMilli())
                .update();
    }

    void changed(ApplicationId id, Instant at) {
        database.write()
                .sql("UPDATE applications SET changed_at = :at WHERE id = :id")
                .param("id", id.value())
                .param("at", at.toEpochMilli())
                .update();
    }

    void condemn(ApplicationId id, Application.Deletion deletion) {
        database.write()
                .sql("UPDATE applications SET deletion = :deletion, state = :state WHERE id = :id")
                .param("id", id.value())
                .param("deletion", json.write(deletion))
                .param("state", Status.State.DELETING.text())
                .update();
    }

    void delete(ApplicationId id) {
        database.write()
                .sql("DELETE FROM applications WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    Optional<Application> find(ApplicationId id) {
        return database.read()
                .sql("SELECT * FROM applications WHERE id = :id")
                .param("id", id.value())
                .query(this::readApplication)
                .optional();
    }

    Optional<ApplicationId> named(EnvironmentId environment, ApplicationName name) {
        return database.read()
                .sql("SELECT id FROM applications WHERE environment_id = :environment AND name = :name")
                .param("environment", environment.value())
                .param("name", name.value())
                .query((row, number) -> new ApplicationId(row.getString("id")))
                .optional();
    }

    List<Application> list(EnvironmentId environment, Paging paging) {
        return database.read()
                .sql("""
                SELECT * FROM applications
                WHERE environment_id = :environment AND id > :after
                ORDER BY id
                LIMIT :rows
                """)
                .param("environment", environment.value())
                .param("after", paging.after() == null ? "" : paging.after())
                .param("rows", paging.rows())
                .query(this::readApplication)
                .list();
    }

    List<Application> on(ServerId server) {
        return database.read()
                .sql("SELECT * FROM applications WHERE server_id = :server ORDER BY id")
                .param("server", server.value())
                .query(this::readApplication)
                .list();
    }

    List<Application> all() {
        return database.read()
                .sql("SELECT * FROM applications ORDER BY id")
                .query(this::readApplication)
                .list();
    }

    List<ApplicationName> names(EnvironmentId environment, int most) {
        return database.read()
                .sql("SELECT name FROM applications WHERE environment_id = :environment ORDER BY id LIMIT :most")
                .param("environment", environment.value())
                .param("most", most)
                .query((row, number) -> new ApplicationName(row.getString("name")))
                .list();
    }

    List<ApplicationName> namesOn(ServerId server, int most) {
        return database.read()
                .sql("SELECT name FROM applications WHERE server_id = :server ORDER BY id LIMIT :most")
                .param("server", server.value())
                .param("most", most)
                .query((row, number) -> new ApplicationName(row.getString("name")))
                .list();
    }

    /** Reports what was seen of the containers, unless another release has become active since they were looked at. */
    boolean observe(ApplicationId id, Status seen) {
        return database.write()
                        .sql("""
                UPDATE applications SET state = :state, replicas_running = :replicas
                WHERE id = :id AND deletion IS NULL AND active_deployment_id IS NOT DISTINCT FROM :active
                    AND (state <> :state OR replicas_running <> :replicas)
                """)
                        .param("id", id.value())
                        .param("state", seen.state().text())
                        .param("replicas", seen.replicasRunning())
                        .param("active", seen.activeDeploymentId())
                        .update()
                == 1;
    }

    void insert(ApplicationId application, Variable variable) {
        database.write()
                .sql("""
                INSERT INTO application_variables
                    (id, application_id, name, kind, availability, value, created_at, changed_at)
                VALUES (:id, :application, :name, :kind, :availability, :value, :at, :at)
                """)
                .param("id", variable.id().value())
                .param("application", application.value())
                .param("name", variable.name().value())
                .param("kind", variable.kind().text())
                .param("availability", variable.availability().text())
                .param("value", stored(variable))
                .param("at", variable.changedAt().toEpochMilli())
                .update();
    }

    void update(Variable variable) {
        database.write()
                .sql("""
                UPDATE application_variables
                SET name = :name, kind = :kind, availability = :availability, value = :value, changed_at = :at
                WHERE id = :id
                """)
                .param("id", variable.id().value())
                .param("name", variable.name().value())
                .param("kind", variable.kind().text())
                .param("availability", variable.availability().text())
                .param("value", stored(variable))
                .param("at", variable.changedAt().toEpochMilli())
                .update();
    }

    void delete(VariableId id) {
        database.write()
                .sql("DELETE FROM application_variables WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    List<Variable> variables(ApplicationId application) {
        return database.read()
                .sql("SELECT * FROM application_variables WHERE application_id = :application ORDER BY id")
                .param("application", application.value())
                .query(this::readVariable)
                .list();
    }

    List<Variable> variables(ApplicationId application, Paging paging) {
        return database.read()
                .sql("""
                SELECT * FROM application_variables
                WHERE application_id = :application AND id > :after
                ORDER BY id
                LIMIT :rows
                """)
                .param("application", application.value())
                .param("after", paging.after() == null ? "" : paging.after())
                .param("rows", paging.rows())
                .query(this::readVariable)
                .list();
    }

    Optional<Variable> variable(VariableId id) {
        return database.read()
                .sql("SELECT * FROM application_variables WHERE id = :id")
                .param("id", id.value())
                .query(this::readVariable)
                .optional();
    }

    Optional<ApplicationId> ownerOf(String variable) {
        return database.read()
                .sql("SELECT application_id FROM application_variables WHERE id = :id")
                .param("id", variable)
                .query((row, number) -> new ApplicationId(row.getString("application_id")))
                .optional();
    }

    private Application readApplication(ResultSet row, int number) throws SQLException {
        ApplicationId id = new ApplicationId(row.getString("id"));
        Configuration configuration = json.read(row.getString("configuration"), Configuration.class);
        String password = row.getString("registry_password");
        if (password != null && configuration.source() instanceof Source.Image image) {
            configuration = new Configuration(
                    configuration.server(),
                    image.withPassword(secrets.open(password, passwordOwner(id))),
                    configuration.port(),
                    configuration.running(),
                    configuration.rollout());
        }
        String deletion = row.getString("deletion");
        return new Application(
                id,
                new Scope(
                        new TeamId(row.getString("team_id")),
                        new ProjectId(row.getString("project_id")),
                        new EnvironmentId(row.getString("environment_id"))),
                new ApplicationName(row.getString("name")),
                configuration,
                new Status(
                        Status.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getInt("replicas_running"),
                        row.getString("active_release_id"),
                        row.getString("active_deployment_id"),
                        instant(row, "active_since_at")),
                new Application.Record(
                        row.getLong("version"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        Instant.ofEpochMilli(row.getLong("changed_at")),
                        deletion == null ? null : json.read(deletion, Application.Deletion.class)));
    }

    private Variable readVariable(ResultSet row, int number) throws SQLException {
        VariableId id = new VariableId(row.getString("id"));
        Variable.Kind kind = Variable.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
        String value = row.getString("value");
        return new Variable(
                id,
                new EnvironmentVariableName(row.getString("name")),
                kind == Variable.Kind.SECRET ? secrets.open(value, valueOwner(id)) : Secret.of(value),
                kind,
                Variable.Availability.valueOf(row.getString("availability").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private String stored(Variable variable) {
        return variable.kind() == Variable.Kind.SECRET
                ? secrets.seal(variable.value(), valueOwner(variable.id()))
                : variable.value().reveal();
    }

    private @Nullable String sealedPassword(Application application) {
        return application.configuration().source() instanceof Source.Image image && image.password() != null
                ? secrets.seal(image.password(), passwordOwner(application.id()))
                : null;
    }

    private static String passwordOwner(ApplicationId id) {
        return "application/" + id + "/registry-password";
    }

    private static String valueOwner(VariableId id) {
        return "variable/" + id + "/value";
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalArgumentException("An application belongs to an environment of a project");
        }
        return part;
    }
}
