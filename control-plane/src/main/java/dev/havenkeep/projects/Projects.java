package dev.havenkeep.projects;

import dev.havenkeep.kernel.AccessRules;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.teams.PlaceDeleted;
import dev.havenkeep.teams.TeamDeleting;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/** The projects and environments of all teams. */
@Service
public class Projects {

    private static final int EVERYTHING = 200;
    private static final int NAMED = 10;

    private final ProjectStore store;
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private final AccessRules access;

    Projects(
            ProjectStore store,
            Database database,
            Ids ids,
            InstantSource clock,
            ApplicationEventPublisher events,
            AccessRules access) {
        this.store = store;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
        this.access = access;
    }

    /** The project with this id, if there is one. */
    public Optional<Project> find(ProjectId id) {
        return store.find(id);
    }

    /** The environment with this id, if there is one. */
    public Optional<Environment> find(EnvironmentId id) {
        return store.find(id);
    }

    /**
     * The project with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Project get(ProjectId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no project with this id.")));
    }

    /**
     * The environment with this id.
     *
     * @throws ProblemException 404 when there is none
     */
    public Environment get(EnvironmentId id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.notFound("There is no environment with this id.")));
    }

    /** Where an environment lives, if there is one with this id. */
    public Optional<Scope> scope(EnvironmentId id) {
        return store.find(id).map(Environment::scope);
    }

    /** One page of the team's projects that the caller may read, oldest first. */
    Page<Project> list(TeamId team, Paging paging) {
        return readable(
                paging,
                from -> store.list(team, from),
                Project::scope,
                project -> project.id().value());
    }

    /** One page of the project's environments that the caller may read, oldest first. */
    Page<Environment> list(ProjectId project, Paging paging) {
        return readable(
                paging,
                from -> store.list(project, from),
                Environment::scope,
                environment -> environment.id().value());
    }

    /** Makes a project with its environment production. */
    Project create(TeamId team, ProjectName name, @Nullable String description) {
        return database.transaction(() -> {
            if (store.named(team, name).isPresent()) {
                throw taken("project", name.value(), "team");
            }
            Instant now = now();
            Project project = new Project(new ProjectId(ids.next()), team, name, description, 1, now, now);
            store.insert(project);
            events.publishEvent(audited("project.created", project, changes(null, project)));
            events.publishEvent(new ProjectsChanged(project.scope(), ProjectsChanged.Change.CREATED));
            create(project, EnvironmentName.PRODUCTION);
            return project;
        });
    }

    Project change(Project before, ProjectName name, @Nullable String description) {
        return database.transaction(() -> {
            if (!name.key().equals(before.name().key())
                    && store.named(before.teamId(), name).isPresent()) {
                throw taken("project", name.value(), "team");
            }
            Project after = new Project(
                    before.id(), before.teamId(), name, description, before.version() + 1, before.createdAt(), now());
            if (!store.update(after)) {
                throw changedMeanwhile();
            }
            events.publishEvent(audited("project.changed", after, changes(before, after)));
            events.publishEvent(new ProjectsChanged(after.scope(), ProjectsChanged.Change.CHANGED));
            return after;
        });
    }

    /** Deletes a project and its environments, unless something is in one of them. */
    void delete(ProjectId id) {
        database.transaction(() -> {
            Project project = get(id);
            Paging all = new Paging(EVERYTHING, null);
            List<Environment> environments = store.list(id, all);
            while (!environments.isEmpty()) {
                environments.forEach(this::delete);
                environments = store.list(id, all);
            }
            store.delete(id);
            events.publishEvent(new PlaceDeleted(project.scope()));
            events.publishEvent(audited("project.deleted", project, Map.of()));
            events.publishEvent(new ProjectsChanged(project.scope(), ProjectsChanged.Change.DELETED));
        });
    }

    Environment create(Project project, EnvironmentName name) {
        return database.transaction(() -> {
            if (store.named(project.id(), name).isPresent()) {
                throw taken("environment", name.value(), "project");
            }
            Instant now = now();
            Environment environment =
                    new Environment(new EnvironmentId(ids.next()), project.id(), project.teamId(), name, 1, now, now);
            store.insert(environment);
            events.publishEvent(audited("environment.created", environment, Map.of("name", name.value())));
            events.publishEvent(new ProjectsChanged(environment.scope(), ProjectsChanged.Change.CREATED));
            return environment;
        });
    }

    Environment change(Environment before, EnvironmentName name) {
        return database.transaction(() -> {
            if (!name.equals(before.name())
                    && store.named(before.projectId(), name).isPresent()) {
                throw taken("environment", name.value(), "project");
            }
            Environment after = new Environment(
                    before.id(),
                    before.projectId(),
                    before.teamId(),
                    name,
                    before.version() + 1,
                    before.createdAt(),
                    now());
            if (!store.update(after)) {
                throw changedMeanwhile();
            }
            events.publishEvent(audited(
                    "environment.changed",
                    after,
                    name.equals(before.name()) ? Map.of() : Map.of("name", name.value())));
            events.publishEvent(new ProjectsChanged(after.scope(), ProjectsChanged.Change.CHANGED));
            return after;
        });
    }

    /** Deletes an environment, unless something is in it. */
    void delete(EnvironmentId id) {
        database.transaction(() -> delete(get(id)));
    }

    private void delete(Environment environment) {
        events.publishEvent(new EnvironmentDeleting(environment.id(), environment.scope()));
        store.delete(environment.id());
        events.publishEvent(new PlaceDeleted(environment.scope()));
        events.publishEvent(audited("environment.deleted", environment, Map.of()));
        events.publishEvent(new ProjectsChanged(environment.scope(), ProjectsChanged.Change.DELETED));
    }

    /** A team with projects stays. */
    @EventListener
    void keepTeamWithProjects(TeamDeleting deleting) {
        List<Project> projects = store.list(deleting.team(), new Paging(NAMED, null));
        if (!projects.isEmpty()) {
            String names = projects.stream()
                    .limit(NAMED)
                    .map(project -> project.name().value())
                    .collect(Collectors.joining(", "));
            throw new ProblemException(Problem.conflict(
                    "team-not-empty",
                    "The team still has projects",
                    "Delete its projects first: " + names + (projects.size() > NAMED ? ", ..." : "")));
        }
    }

    /** A page of what the caller may read: reads on past what they may not. */
    private <T> Page<T> readable(
            Paging paging, Function<Paging, List<T>> rows, Function<T, Scope> scope, Function<T, String> key) {
        Caller caller = Caller.current();
        List<T> readable = new ArrayList<>();
        Paging from = paging;
        while (true) {
            List<T> batch = rows.apply(from);
            for (T row : batch) {
                if (access.allows(caller, Permission.PROJECTS_READ, scope.apply(row))) {
                    readable.add(row);
                }
            }
            if (batch.size() < from.rows() || readable.size() > paging.limit()) {
                return Page.of(readable.subList(0, Math.min(readable.size(), paging.rows())), paging, key);
            }
            from = new Paging(paging.limit(), key.apply(batch.getLast()));
        }
    }

    /** The time as it is stored, so that an answer never says more than a later one. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Map<String, Object> changes(@Nullable Project before, Project after) {
        Map<String, Object> changes = new HashMap<>();
        if (before == null || !before.name().equals(after.name())) {
            changes.put("name", after.name().value());
        }
        if (!Objects.equals(before == null ? null : before.description(), after.description())) {
            changes.put("description", after.description() == null ? "" : after.description());
        }
        return changes;
    }

    private static Audited audited(String action, Project project, Map<String, Object> changes) {
        return new Audited(
                action,
                project.scope(),
                "project",
                project.id().value(),
                project.name().value(),
                changes);
    }

    private static Audited audited(String action, Environment environment, Map<String, Object> changes) {
        return new Audited(
                action,
                environment.scope(),
                "environment",
                environment.id().value(),
                environment.name().value(),
                changes);
    }

    private static ProblemException taken(String kind, String name, String owner) {
        return new ProblemException(Problem.conflict(
                kind + "-exists",
                "The name is taken",
                "The " + owner + " already has the " + kind + " " + name + ". Choose another name."));
    }

    private static ProblemException changedMeanwhile() {
        return new ProblemException(Problem.of(
                412,
                "precondition-failed",
                "It has changed in the meantime",
                "Somebody changed this since you read it. Read it again and repeat your change."));
    }
}
