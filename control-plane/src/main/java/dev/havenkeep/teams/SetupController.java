package dev.havenkeep.teams;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.identity.FirstRun;
import dev.havenkeep.identity.User;
import dev.havenkeep.identity.Users;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The first run: the first owner with the first team, once, for whoever has the setup token. */
@RestController
@RequestMapping("/api/v1/setup")
class SetupController {

    /**
     * Whether nobody owns this installation yet.
     *
     * @param required whether it does
     */
    record SetupState(boolean required) {}

    /**
     * Who the first owner is, and how the first team is called.
     *
     * @param token the one-time token that the server printed and keeps in its data folder
     * @param email what the owner signs in with
     * @param name what others call the owner, 1 to 100 characters
     * @param password the owner's password, at least 12 characters
     * @param teamName what the first team is called, 1 to 100 characters
     */
    record SetupRequest(Secret token, String email, String name, Secret password, String teamName) {}

    /**
     * What there is now.
     *
     * @param user the first owner, who is signed in now
     * @param team the first team
     * @param csrfToken what each mutation must carry in {@code X-CSRF-Token}
     * @param teams the teams that the owner is in, which is the one
     */
    record SetupResult(User user, NewTeam team, String csrfToken, List<SignedIn.OwnTeam> teams) {

        /**
         * A team.
         *
         * @param name what it is called
         */
        record NewTeam(TeamId id, String name) {}
    }

    private final FirstRun firstRun;
    private final Users users;
    private final Teams teams;
    private final Doorway doorway;
    private final Database database;
    private final ApplicationEventPublisher events;

    SetupController(
            FirstRun firstRun,
            Users users,
            Teams teams,
            Doorway doorway,
            Database database,
            ApplicationEventPublisher events) {
        this.firstRun = firstRun;
        this.users = users;
        this.teams = teams;
        this.doorway = doorway;
        this.database = database;
        this.events = events;
    }

    /** Says whether this installation still waits for its first owner. */
    @GetMapping
    SetupState getSetup() {
        return new SetupState(firstRun.required());
    }

    /**
     * Creates the first owner and the first team, and signs the owner in. It needs the token that the server printed at
     * its first start, and works once.
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    SetupResult completeSetup(
            @RequestBody SetupRequest body, HttpServletRequest request, HttpServletResponse response) {
        Visit visit = doorway.visit(request);
        firstRun.check(body.token(), visit);
        DisplayName teamName = DisplayName.parse("teamName", body.teamName());
        Users.Newcomer owner = users.prepare(EmailAddress.parse("email", body.email()), body.name(), body.password());
        Caller person = new Caller(
                Caller.Kind.PERSON,
                owner.user().id(),
                owner.user().email().value(),
                null,
                visit.address(),
                Caller.current().requestId());
        Team team;
        try (Caller.Bound _ = Caller.bind(person)) {
            team = database.transaction(() -> makeFirst(owner, teamName));
        }
        firstRun.done();
        SignedIn signedIn = doorway.enter(owner.user(), request, response);
        return new SetupResult(
                signedIn.user(),
                new SetupResult.NewTeam(team.id(), team.name()),
                signedIn.csrfToken(),
                signedIn.teams());
    }

    private Team makeFirst(Users.Newcomer owner, DisplayName teamName) {
        firstRun.take();
        User user = users.join(owner);
        Team team = teams.create(teamName, user.id());
        events.publishEvent(new Audited(
                "installation.set-up",
                Scope.of(team.id()),
                "team",
                team.id().value(),
                team.name(),
                Map.of("owner", user.email())));
        events.publishEvent(new SetupCompleted(user.id(), team.id()));
        return team;
    }
}
