package dev.havenkeep.teams;

import dev.havenkeep.credentials.Visit;
import dev.havenkeep.identity.CurrentSession;
import dev.havenkeep.identity.SessionCookie;
import dev.havenkeep.identity.Sessions;
import dev.havenkeep.identity.StartedSession;
import dev.havenkeep.identity.User;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.ClientAddresses;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Component;

/** What setting up, signing in and accepting an invitation have in common: a person gets a session in a browser. */
@Component
class Doorway {

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final ClientAddresses addresses;
    private final TeamStore teams;

    Doorway(Sessions sessions, SessionCookie cookie, ClientAddresses addresses, TeamStore teams) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.addresses = addresses;
        this.teams = teams;
    }

    /** Gives somebody who has proved who they are a new session, in place of the one that the browser had. */
    SignedIn enter(User user, HttpServletRequest request, HttpServletResponse response) {
        CurrentSession.of(request).ifPresent(sessions::replace);
        StartedSession session = sessions.start(user, visit(request));
        cookie.set(request, response, session);
        return new SignedIn(user, session.csrfToken(), teamsOf(user.id()));
    }

    /** What a browser with a session is told. */
    SignedIn present(CurrentSession session) {
        return new SignedIn(
                session.user(), session.csrfToken(), teamsOf(session.user().id()));
    }

    Visit visit(HttpServletRequest request) {
        return Visit.of(request, addresses);
    }

    private List<SignedIn.OwnTeam> teamsOf(UserId user) {
        return teams.membershipsOf(user).stream()
                .flatMap(membership ->
                        teams.find(membership.team()).stream().map(team -> SignedIn.OwnTeam.of(team, membership)))
                .toList();
    }
}
