package dev.havenkeep.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.web.ClientAddresses;
import dev.havenkeep.web.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What people do with their own account. Only for a signed-in person: a token cannot change who it belongs to. */
@RestController
@RequestMapping("/api/v1")
class OwnAccountController {

    /**
     * Another name.
     *
     * @param name 1 to 100 characters; absent to keep it
     */
    record ProfileUpdate(@Nullable String name) {}

    /**
     * The password of now, and the one from now on.
     *
     * @param current the password of now
     * @param chosen the password from now on, at least 12 characters
     */
    record PasswordChange(
            @Nullable Secret current,
            @JsonProperty("new") @Nullable Secret chosen) {}

    /**
     * A browser that is signed in.
     *
     * @param current whether it is the one that asks
     * @param address from where it was last used
     * @param userAgent what the browser calls itself
     * @param createdAt when it signed in
     * @param lastSeenAt when it was last used
     * @param expiresAt when it ends by itself
     */
    record OwnSession(
            String id,
            boolean current,
            String address,
            String userAgent,
            Instant createdAt,
            Instant lastSeenAt,
            Instant expiresAt) {}

    private final Users users;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final SignIn signIn;
    private final ClientAddresses addresses;

    OwnAccountController(
            Users users, Sessions sessions, SessionCookie cookie, SignIn signIn, ClientAddresses addresses) {
        this.users = users;
        this.sessions = sessions;
        this.cookie = cookie;
        this.signIn = signIn;
        this.addresses = addresses;
    }

    /** Signs this browser out. */
    @DeleteMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        CurrentSession session = session(request);
        sessions.end(session.user().id(), session.id());
        cookie.clear(request, response);
    }

    /** Lists the browsers in which one is signed in. */
    @GetMapping("/sessions")
    Page<OwnSession> listSessions(HttpServletRequest request) {
        CurrentSession current = session(request);
        List<OwnSession> own = sessions.of(current.user().id()).stream()
                .map(session -> new OwnSession(
                        session.id(),
                        session.id().equals(current.id()),
                        session.address(),
                        session.userAgent(),
                        session.createdAt(),
                        session.lastSeenAt(),
                        session.expiresAt()))
                .toList();
        return new Page<>(own, null);
    }

    /** Signs one of one's browsers out. */
    @DeleteMapping("/sessions/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSession(@PathVariable("session") String id, HttpServletRequest request, HttpServletResponse response) {
        CurrentSession current = session(request);
        sessions.end(current.user().id(), id);
        if (id.equals(current.id())) {
            cookie.clear(request, response);
        }
    }

    /** Changes one's own name. */
    @PatchMapping("/me")
    User updateProfile(@RequestBody ProfileUpdate update, HttpServletRequest request) {
        User user = session(request).user();
        return update.name() == null ? user : users.rename(user, DisplayName.parse("name", update.name()));
    }

    /** Changes one's own password, and signs all other browsers out. */
    @PostMapping("/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changePassword(@RequestBody PasswordChange change, HttpServletRequest request) {
        CurrentSession session = session(request);
        User user = session.user();
        NewPassword chosen =
                NewPassword.parse("new", change.chosen(), List.of(user.email().value(), user.name()));
        SignInOutcome outcome = signIn.attempt(user.email().value(), change.current(), Visit.of(request, addresses));
        if (outcome instanceof SignInOutcome.Refused) {
            throw new ProblemException(Problem.invalid("current", "is not your password"));
        }
        outcome.proven();
        if (Objects.equals(change.current(), change.chosen())) {
            throw new ProblemException(Problem.invalid("new", "must be another one than the current"));
        }
        users.changePassword(session, chosen);
    }

    private static CurrentSession session(HttpServletRequest request) {
        return CurrentSession.of(request)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        403,
                        "person-required",
                        "Only a person can do this",
                        "An API token has no account of its own. Sign in with a browser or with `haven login`.")));
    }
}
