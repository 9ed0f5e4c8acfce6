package dev.havenkeep.projects;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.StorableText;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Projects and environments over HTTP. */
@RestController
@RequestMapping("/api/v1")
class ProjectController {

    private static final int MAX_DESCRIPTION = 2_000;

    private final Projects projects;

    ProjectController(Projects projects) {
        this.projects = projects;
    }

    /**
     * A project to make.
     *
     * @param name unique in the team, whatever the case
     * @param description what it is for, at most 2,000 characters
     */
    record NewProject(ProjectName name, @Nullable String description) {}

    /**
     * What to change about a project; members that are absent stay as they are.
     *
     * @param name unique in the team, whatever the case
     * @param description what it is for; null removes it
     */
    record ProjectChange(Patch<ProjectName> name, Patch<String> description) {}

    /**
     * An environment to make.
     *
     * @param name unique in the project, for example staging
     */
    record NewEnvironment(EnvironmentName name) {}

    /**
     * What to change about an environment; members that are absent stay as they are.
     *
     * @param name unique in the project
     */
    record EnvironmentChange(Patch<EnvironmentName> name) {}

    /** Lists the team's projects that the caller may read, oldest first. */
    @GetMapping("/teams/{team}/projects")
    Page<Project> listProjects(
            @PathVariable TeamId team,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return projects.list(team, Paging.of(limit, cursor));
    }

    /** Creates a project, which begins with the environment production. */
    @PostMapping("/teams/{team}/projects")
    ResponseEntity<Project> createProject(@PathVariable TeamId team, @RequestBody NewProject body) {
        Project created = projects.create(team, body.name(), description(body.description()));
        return ResponseEntity.created(URI.create("/api/v1/projects/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(created);
    }

    /** Reads a project. */
    @GetMapping("/projects/{project}")
    ResponseEntity<Project> getProject(@PathVariable ProjectId project) {
        return answer(projects.get(project));
    }

    /** Changes a project's name or description. */
    @PatchMapping("/projects/{project}")
    ResponseEntity<Project> updateProject(
            @PathVariable ProjectId project,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ProjectChange body) {
        Project before = projects.get(project);
        EntityTag.check(ifMatch, before.version());
        return answer(projects.change(
                before,
                body.name().orKeep(before.name()),
                description(body.description().orKeepOrClear(before.description()))));
    }

    /** Deletes a project and its environments, which must be empty. */
    @DeleteMapping("/projects/{project}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteProject(@PathVariable ProjectId project) {
        projects.delete(project);
    }

    /** Lists the project's environments that the caller may read, oldest first. */
    @GetMapping("/projects/{project}/environments")
    Page<Environment> listEnvironments(
            @PathVariable ProjectId project,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return projects.list(project, Paging.of(limit, cursor));
    }

    /** Creates an environment. */
    @PostMapping("/projects/{project}/environments")
    ResponseEntity<Environment> createEnvironment(@PathVariable ProjectId project, @RequestBody NewEnvironment body) {
        Environment created = projects.create(projects.get(project), body.name());
        return ResponseEntity.created(URI.create("/api/v1/environments/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(created);
    }

    /** Reads an environment. */
    @GetMapping("/environments/{environment}")
    ResponseEntity<Environment> getEnvironment(@PathVariable EnvironmentId environment) {
        return answer(projects.get(environment));
    }

    /** Changes an environment's name. */
    @PatchMapping("/environments/{environment}")
    ResponseEntity<Environment> updateEnvironment(
            @PathVariable EnvironmentId environment,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody EnvironmentChange body) {
        Environment before = projects.get(environment);
        EntityTag.check(ifMatch, before.version());
        return answer(projects.change(before, body.name().orKeep(before.name())));
    }

    /** Deletes an environment, which must be empty. */
    @DeleteMapping("/environments/{environment}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteEnvironment(@PathVariable EnvironmentId environment) {
        projects.delete(environment);
    }

    private static ResponseEntity<Project> answer(Project project) {
        return ResponseEntity.ok().eTag(EntityTag.of(project.version())).body(project);
    }

    private static ResponseEntity<Environment> answer(Environment environment) {
        return ResponseEntity.ok().eTag(EntityTag.of(environment.version())).body(environment);
    }

    private static @Nullable String description(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.codePointCount(0, text.length()) > MAX_DESCRIPTION) {
            throw new ProblemException(
                    Problem.invalid("description", "must be at most " + MAX_DESCRIPTION + " characters"));
        }
        return StorableText.require("description", text.strip());
    }
}
