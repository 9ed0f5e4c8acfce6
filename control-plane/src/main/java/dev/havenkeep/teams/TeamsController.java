package dev.havenkeep.teams;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
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

/** Teams, and what there is to be permitted. */
@RestController
@RequestMapping("/api/v1")
class TeamsController {

    /**
     * A new team.
     *
     * @param name 1 to 100 characters
     */
    record NewTeam(String name) {}

    /**
     * What of a team can change.
     *
     * @param name 1 to 100 characters
     */
    record TeamChange(Patch<String> name) {}

    /**
     * Something that a role or a token may be allowed.
     *
     * @param permission its name
     * @param description what it allows
     * @param readOnly whether a read-only token may have it
     */
    record DescribedPermission(Permission permission, String description, boolean readOnly) {}

    private final Teams teams;
    private final TeamAccess access;
    private final TokenStore tokens;

    TeamsController(Teams teams, TeamAccess access, TokenStore tokens) {
        this.teams = teams;
        this.access = access;
        this.tokens = tokens;
    }

    /** Lists the permissions that a token can be given. */
    @GetMapping("/permissions")
    Page<DescribedPermission> listPermissions() {
        return new Page<>(
                Arrays.stream(Permission.values())
                        .map(permission -> new DescribedPermission(
                                permission, RolePermissions.description(permission), permission.readOnly()))
                        .toList(),
                null);
    }

    /** Lists the teams that the caller belongs to. */
    @GetMapping("/teams")
    Page<Team> listTeams(@RequestParam @Nullable Integer limit, @RequestParam @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        Caller caller = Caller.current();
        List<Team> found = switch (caller.kind()) {
            case PERSON -> teams.ofPerson(user(caller), paging);
            case TOKEN -> ofToken(caller);
            case SYSTEM, ANONYMOUS -> List.of();
        };
        return Page.of(found, paging, team -> team.id().value());
    }

    /** Creates a team, with the caller as its owner. */
    @PostMapping("/teams")
    ResponseEntity<Team> createTeam(@RequestBody NewTeam body) {
        Team team = teams.createFurther(DisplayName.parse("name", body.name()), user(Caller.current()));
        return ResponseEntity.created(URI.create("/api/v1/teams/" + team.id()))
                .eTag(EntityTag.of(team.version()))
                .body(team);
    }

    /** Reads a team. */
    @GetMapping("/teams/{team}")
    ResponseEntity<Team> getTeam(@PathVariable("team") TeamId id) {
        Team team = teams.get(id);
        return ResponseEntity.ok().eTag(EntityTag.of(team.version())).body(team);
    }

    /** Changes a team's name. */
    @PatchMapping("/teams/{team}")
    ResponseEntity<Team> updateTeam(
            @PathVariable("team") TeamId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody TeamChange body) {
        DisplayName name =
                DisplayName.parse("name", body.name().orKeep(teams.get(id).name()));
        Team team = teams.rename(id, name, ifMatch);
        return ResponseEntity.ok().eTag(EntityTag.of(team.version())).body(team);
    }

    /** Deletes a team, which must have no projects. */
    @DeleteMapping("/teams/{team}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteTeam(@PathVariable("team") TeamId id) {
        teams.delete(id);
    }

    private List<Team> ofToken(Caller caller) {
        String tokenId = caller.tokenId();
        return tokenId == null
                ? List.of()
                : tokens
                        .find(tokenId)
                        .map(kept -> kept.token().team())
                        .filter(team -> access.mayKnow(caller, Scope.of(team)))
                        .flatMap(teams::find)
                        .stream()
                        .toList();
    }

    private static UserId user(Caller caller) {
        UserId user = caller.user();
        if (user == null) {
            throw new ProblemException(Problem.unauthenticated("Sign in first."));
        }
        return user;
    }
}
