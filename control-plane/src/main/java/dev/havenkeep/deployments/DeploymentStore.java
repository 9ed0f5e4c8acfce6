package dev.havenkeep.deployments;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tables {@code deployments} and {@code deployment_steps}. */
@Component
class DeploymentStore {

    private static final String TERMINAL = "('succeeded', 'failed', 'cancelled', 'superseded')";

    private final Database database;
    private final Json json;

    DeploymentStore(Database database, Json json) {
        this.database = database;
        this.json = json;
    }

    /** The number of the application's next deployment; the caller's transaction keeps others from taking it. */
    long nextNumber(ApplicationId application) {
        return database.write()
                .sql("SELECT coalesce(max(number), 0) + 1 FROM deployments WHERE application_id = :application")
                .param("application", application.value())
                .query(Long.class)
                .single();
    }

    int count(ApplicationId application) {
        return database.read()
                .sql("SELECT count(*) FROM deployments WHERE application_id = :application")
                .param("application", application.value())
                .query(Integer.class)
                .single();
    }

    void insert(Deployment deployment) {
        database.write()
                .sql("""
                INSERT INTO deployments
                    (id, application_id, number, kind, state, request, release_id, created_by, created_at,
                     cancel_requested, committed)
                VALUES
                    (:id, :application, :number, :kind, :state, :request, :release, :by, :created, FALSE, FALSE)
                """)
                .param("id", deployment.id().value())
                .param("application", deployment.application().value())
                .param("number", deployment.number())
                .param("kind", deployment.request().kind().text())
                .param("state", deployment.state().text())
                .param("request", json.write(deployment.request()))
                .param("release", value(deployment.release()))
                .param("by", deployment.request().createdBy())
                .param("created", deployment.times().createdAt().toEpochMilli())
                .update();
        for (Deployment.StepRecord step : deployment.steps()) {
            database.write()
                    .sql("""
                    INSERT INTO deployment_steps (deployment_id, position, name, state)
                    VALUES (:deployment, :position, :name, :state)
                    """)
                    .param("deployment", deployment.id().value())
                    .param("position", step.name().ordinal())
                    .param("name", step.name().text())
                    .param("state", step.state().text())
                    .update();
        }
    }

    /** Ends the deployments of the application that still wait; answers which. */
    List<DeploymentId> supersede(ApplicationId application, Instant now) {
        return database.write()
                .sql("""
                UPDATE deployments SET state = 'superseded', finished_at = :now
                WHERE application_id = :application AND finished_at IS NULL AND state = 'queued'
                RETURNING id
                """)
                .param("application", application.value())
                .param("now", now.toEpochMilli())
                .query((row, number) -> new DeploymentId(row.getString("id")))
                .list();
    }

    /** Takes a deployment out of the queue; false when somebody else ended it meanwhile. */
    boolean start(
            DeploymentId id,
            @Nullable ReleaseId release,
            @Nullable DeploymentId previous,
            @Nullable ReleaseId previousRelease,
            Instant now) {
        return database.write()
                        .sql("""
                UPDATE deployments
                SET state = 'fetching', started_at = :now, release_id = :release, previous_deployment_id = :previous,
                    previous_release_id = :previousRelease
                WHERE id = :id AND state = 'queued'
                """)
                        .param("id", id.value())
                        .param("release", value(release))
                        .param("previous", value(previous))
                        .param("previousRelease", value(previousRelease))
                        .param("now", now.toEpochMilli())
                        .update()
                == 1;
    }

    void beginStep(DeploymentId id, Step step, Instant now) {
        database.transaction(() -> {
            database.write()
                    .sql("UPDATE deployments SET state = :state WHERE id = :id")
                    .param("id", id.value())
                    .param("state", State.at(step).text())
                    .update();
            database.write()
                    .sql("""
                    UPDATE deployment_steps SET state = 'running', started_at = coalesce(started_at, :now)
                    WHERE deployment_id = :id AND position = :position
                    """)
                    .param("id", id.value())
                    .param("position", step.ordinal())
                    .param("now", now.toEpochMilli())
                    .update();
        });
    }

    void endStep(DeploymentId id, Step step, Step.State state, Instant now) {
        database.write()
                .sql("""
                UPDATE deployment_steps SET state = :state, finished_at = :now
                WHERE deployment_id = :id AND position = :position
                """)
                .param("id", id.value())
                .param("position", step.ordinal())
                .param("state", state.text())
                .param("now", state == Step.State.SKIPPED ? null : now.toEpochMilli())
                .update();
    }

    void found(DeploymentId id, Deployment.SourceCommit commit) {
        database.write()
                .sql("UPDATE deployments SET source_commit = :commit WHERE id = :id")
                .param("id", id.value())
                .param("commit", json.write(commit))
                .update();
    }

    /** Says how the deployment will end, before the first act of undoing. */
    void undo(DeploymentId id, State to, Deployment.@Nullable Reason problem, Instant now) {
        database.write()
                .sql("""
                UPDATE deployments SET undoing_to = :to, problem = :problem, undoing_since_at = :now
                WHERE id = :id AND undoing_to IS NULL
                """)
                .param("id", id.value())
                .param("to", to.text())
                .param("problem", problem == null ? null : json.write(problem))
                .param("now", now.toEpochMilli())
                .update();
    }

    /** The point of no return; false when a cancellation came first. */
    boolean commit(DeploymentId id) {
        return database.write()
                        .sql("UPDATE deployments SET committed = TRUE WHERE id = :id AND NOT cancel_requested")
                        .param("id", id.value())
                        .update()
                == 1;
    }

    /** Calls a deployment off; false when it is past that. */
    boolean cancel(DeploymentId id) {
        return database.write()
                        .sql(
                                "UPDATE deployments SET cancel_requested = TRUE WHERE id = :id AND NOT committed AND state NOT IN "
                                        + TERMINAL)
                        .param("id", id.value())
                        .update()
                == 1;
    }

    /** Ends a deployment that still waits; false when it does not. */
    boolean cancelQueued(DeploymentId id, Instant now) {
        return database.write()
                        .sql("""
                UPDATE deployments SET state = 'cancelled', cancel_requested = TRUE, finished_at = :now
                WHERE id = :id AND state = 'queued'
                """)
                        .param("id", id.value())
                        .param("now", now.toEpochMilli())
                        .update()
                == 1;
    }

    boolean cancelRequested(DeploymentId id) {
        return database.read()
                .sql("SELECT cancel_requested FROM deployments WHERE id = :id")
                .param("id", id.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    void finish(DeploymentId id, State state, Instant now) {
        database.write()
                .sql("UPDATE deployments SET state = :state, finished_at = :now WHERE id = :id")
                .param("id", id.value())
                .param("state", state.text())
                .param("now", now.toEpochMilli())
                .update();
    }

    Optional<Deployment> find(DeploymentId id) {
        return withSteps(database.read()
                        .sql("SELECT * FROM deployments WHERE id = :id")
                        .param("id", id.value())
                        .query(this::readDeployment)
                        .list())
                .stream()
                .findAny();
    }

    /** What the application's worker has to do next: the one that it began, else the one that waits. */
    Optional<Deployment> next(ApplicationId application) {
        return withSteps(database.write()
                        .sql("""
                SELECT * FROM deployments
                WHERE application_id = :application AND finished_at IS NULL
                ORDER BY number
                LIMIT 1
                """)
                        .param("application", application.value())
                        .query(this::readDeployment)
                        .list())
                .stream()
                .findAny();
    }

    /** The applications that have a deployment which has not ended. */
    List<ApplicationId> unfinished() {
        return database.read()
                .sql("SELECT DISTINCT application_id FROM deployments WHERE finished_at IS NULL")
                .query((row, number) -> new ApplicationId(row.getString("application_id")))
                .list();
    }

    /** Newest first. */
    List<Deployment> list(ApplicationId application, Paging paging) {
        return withSteps(database.read()
                .sql("""
                SELECT * FROM deployments
                WHERE application_id = :application AND number < :before
                ORDER BY number DESC
                LIMIT :rows
                """)
                .param("application", application.value())
                .param("before", paging.after() == null ? Long.MAX_VALUE : before(paging.after()))
                .param("rows", paging.rows())
                .query(this::readDeployment)
                .list());
    }

    Optional<ApplicationId> ownerOf(String deployment) {
        return database.read()
                .sql("SELECT application_id FROM deployments WHERE id = :id")
                .param("id", deployment)
                .query((row, number) -> new ApplicationId(row.getString("application_id")))
                .optional();
    }

    private static long before(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Reads the steps of a whole page with one query. */
    private List<Deployment> withSteps(List<Deployment> deployments) {
        if (deployments.isEmpty()) {
            return deployments;
        }
        Map<String, List<Deployment.StepRecord>> steps = new HashMap<>();
        database.read()
                .sql("SELECT * FROM deployment_steps WHERE deployment_id IN (:ids) ORDER BY deployment_id, position")
                .param(
                        "ids",
                        deployments.stream()
                                .map(deployment -> deployment.id().value())
                                .toList())
                .query(row -> {
                    steps.computeIfAbsent(row.getString("deployment_id"), unused -> new ArrayList<>())
                            .add(new Deployment.StepRecord(
                                    Step.parse(row.getString("name")),
                                    Step.State.parse(row.getString("state")),
                                    instant(row, "started_at"),
                                    instant(row, "finished_at")));
                });
        return deployments.stream()
                .map(deployment -> new Deployment(
                        deployment.id(),
                        deployment.application(),
                        deployment.number(),
                        deployment.state(),
                        deployment.request(),
                        deployment.release(),
                        deployment.commit(),
                        steps.getOrDefault(deployment.id().value(), List.of()),
                        deployment.times(),
                        deployment.undoing()))
                .toList();
    }

    private Deployment readDeployment(ResultSet row, int number) throws SQLException {
        String release = row.getString("release_id");
        String commit = row.getString("source_commit");
        String problem = row.getString("problem");
        String to = row.getString("undoing_to");
        String previous = row.getString("previous_deployment_id");
        String previousRelease = row.getString("previous_release_id");
        Instant created = Instant.ofEpochMilli(row.getLong("created_at"));
        return new Deployment(
                new DeploymentId(row.getString("id")),
                new ApplicationId(row.getString("application_id")),
                row.getLong("number"),
                State.parse(row.getString("state")),
                json.read(row.getString("request"), Deployment.Request.class),
                release == null ? null : new ReleaseId(release),
                commit == null ? null : json.read(commit, Deployment.SourceCommit.class),
                List.of(),
                new Deployment.Times(created, instant(row, "started_at"), instant(row, "finished_at")),
                new Deployment.Undoing(
                        row.getBoolean("cancel_requested"),
                        problem == null ? null : json.read(problem, Deployment.Reason.class),
                        to == null ? null : State.parse(to),
                        instant(row, "undoing_since_at"),
                        previous == null ? null : new DeploymentId(previous),
                        previousRelease == null ? null : new ReleaseId(previousRelease),
                        row.getBoolean("committed")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable String value(dev.havenkeep.kernel.@Nullable Id id) {
        return id == null ? null : id.value();
    }
}
