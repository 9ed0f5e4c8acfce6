package dev.havenkeep.teams;

import dev.havenkeep.identity.CurrentSession;
import dev.havenkeep.identity.SignIn;
import dev.havenkeep.identity.User;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in, and who one is. Signing out is the identity module's. */
@RestController
@RequestMapping("/api/v1/session")
class SessionController {

    /**
     * What somebody types to sign in.
     *
     * @param email the account's e-mail address
     * @param password the account's password
     */
    record Credentials(String email, Secret password) {}

    private final SignIn signIn;
    private final Doorway doorway;

    SessionController(SignIn signIn, Doorway doorway) {
        this.signIn = signIn;
        this.doorway = doorway;
    }

    /** Signs in with e-mail address and password; the answer sets the session's cookie. */
    @PostMapping
    SignedIn signIn(@RequestBody Credentials body, HttpServletRequest request, HttpServletResponse response) {
        User user = signIn.attempt(body.email(), body.password(), doorway.visit(request))
                .proven();
        return doorway.enter(user, request, response);
    }

    /** Says who one is and what one may do, in each of one's teams. */
    @GetMapping
    SignedIn getSession(HttpServletRequest request) {
        return CurrentSession.of(request)
                .map(doorway::present)
                .orElseThrow(() -> new ProblemException(Problem.unauthenticated("Nobody is signed in here.")));
    }
}
