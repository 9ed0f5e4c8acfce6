package dev.havenkeep.administration;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.NewPassword;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.RealmId;
import dev.havenkeep.realms.RealmSession;
import dev.havenkeep.realms.RealmSessions;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.web.EntityTag;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import dev.havenkeep.web.Patch;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
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

/** The users of a realm and their sessions over HTTP. */
@RestController
@RequestMapping("/api/v1/realms/{realm}/users")
class RealmUserController {

    private static final int LONGEST_SEARCH = 200;
    private static final int MOST_FOUND = 50;

    private final Realms realms;
    private final RealmUsers users;
    private final RealmSessions sessions;
    private final ApplicationEventPublisher events;

    RealmUserController(Realms realms, RealmUsers users, RealmSessions sessions, ApplicationEventPublisher events) {
        this.realms = realms;
        this.users = users;
        this.sessions = sessions;
        this.events = events;
    }

    /**
     * A user to make.
     *
     * @param email their address
     * @param emailVerified whether it is known that they read mail there; false when absent
     * @param name what others call them, 1 to 100 characters
     * @param password what they sign in with, as long as the realm wants and at most 256 characters; absent when they
     *     sign in another way
     */
    record NewUser(
            String email,
            @Nullable Boolean emailVerified,
            String name,
            @Nullable Secret password) {}

    /**
     * What to change about a user; members that are absent stay as they are.
     *
     * @param email their address; another one is not verified unless emailVerified says so
     * @param emailVerified whether it is known that they read mail there
     * @param name what others call them, 1 to 100 characters
     * @param blocked whether they are kept out; it ends every session of theirs
     */
    record UserChange(Patch<String> email, Patch<Boolean> emailVerified, Patch<String> name, Patch<Boolean> blocked) {}

    /**
     * A new password.
     *
     * @param password what they sign in with from now on, as long as the realm wants and at most 256 characters
     */
    record UserPassword(Secret password) {}

    /**
     * The live sessions of a user.
     *
     * @param items the newest first
     */
    record RealmSessionList(List<RealmSession> items) {}

    /**
     * Lists a realm's users, oldest first, or searches them.
     *
     * @param search the beginning of an address or name, whatever its case, at most 200 characters; the answer then has
     *     no further page
     */
    @GetMapping
    Page<RealmUser> listUsers(
            @PathVariable RealmId realm,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        String text = Limits.text("search", search, LONGEST_SEARCH);
        if (text == null || text.isBlank()) {
            return users.list(realm, paging);
        }
        return new Page<>(users.search(realm, text, Math.min(paging.limit(), MOST_FOUND)), null);
    }

    /** Creates a user. */
    @PostMapping
    ResponseEntity<RealmUser> createUser(@PathVariable RealmId realm, @RequestBody NewUser body) {
        Realm owner = realms.get(realm);
        EmailAddress email = EmailAddress.parse("email", body.email());
        DisplayName name = DisplayName.parse("name", body.name());
        NewPassword password =
                body.password() == null ? null : password(owner, body.password(), email.value(), name.value());
        RealmUser created = users.create(
                realm,
                new RealmUsers.Newcomer(
                        email, Boolean.TRUE.equals(body.emailVerified()), name, RealmUser.Profile.EMPTY, password));
        audit("realm-user.created", owner, created, Map.of("email", email.value()));
        return ResponseEntity.created(URI.create("/api/v1/realms/" + realm + "/users/" + created.id()))
                .eTag(EntityTag.of(created.version()))
                .body(created);
    }

    /** Reads a user. */
    @GetMapping("/{user}")
    ResponseEntity<RealmUser> getUser(@PathVariable RealmId realm, @PathVariable UserId user) {
        return answer(users.get(realm, user));
    }

    /** Changes, blocks or unblocks a user. */
    @PatchMapping("/{user}")
    ResponseEntity<RealmUser> updateUser(
            @PathVariable RealmId realm,
            @PathVariable UserId user,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody UserChange body) {
        Realm owner = realms.get(realm);
        RealmUser before = users.get(realm, user);
        EntityTag.check(ifMatch, before.version());
        EmailAddress email = switch (body.email()) {
            case Patch.Absent<String> _ -> before.email();
            case Patch.Cleared<String>(String member) ->
                throw new ProblemException(
                        Problem.invalid(member, "may not be null: people are found by their address"));
            case Patch.Replaced<String>(String text) -> EmailAddress.parse("email", text);
        };
        boolean sameAddress = Objects.equals(email, before.email());
        RealmUser changed = new RealmUser(
                before.id(),
                email,
                body.emailVerified().orKeep(sameAddress && before.emailVerified()),
                DisplayName.parse("name", body.name().orKeep(before.name())).value(),
                before.profile(),
                body.blocked().orKeep(before.blocked()),
                before.version(),
                before.createdAt(),
                before.changedAt(),
                before.lastSignInAt());
        RealmUser after = users.change(realm, changed);
        audit("realm-user.changed", owner, after, differences(before, after));
        return answer(after);
    }

    /** Deletes a user with everything that is theirs. */
    @DeleteMapping("/{user}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUser(@PathVariable RealmId realm, @PathVariable UserId user) {
        Realm owner = realms.get(realm);
        RealmUser before = users.get(realm, user);
        sessions.endAll(realm, user, null);
        users.delete(realm, user);
        audit("realm-user.deleted", owner, before, Map.of());
    }

    /** Sets a user's password and ends all of their sessions. */
    @PostMapping("/{user}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setUserPassword(@PathVariable RealmId realm, @PathVariable UserId user, @RequestBody UserPassword body) {
        Realm owner = realms.get(realm);
        RealmUser known = users.get(realm, user);
        String email = known.email() == null ? "" : known.email().value();
        users.setPassword(realm, user, password(owner, body.password(), email, known.name()), null);
        audit("realm-user.password-set", owner, known, Map.of("password", "[secret]"));
    }

    /** Lists a user's live sessions, the newest first. */
    @GetMapping("/{user}/sessions")
    RealmSessionList listUserSessions(@PathVariable RealmId realm, @PathVariable UserId user) {
        users.get(realm, user);
        return new RealmSessionList(sessions.of(realm, user));
    }

    /** Ends every session of a user. */
    @DeleteMapping("/{user}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endUserSessions(@PathVariable RealmId realm, @PathVariable UserId user) {
        Realm owner = realms.get(realm);
        RealmUser known = users.get(realm, user);
        sessions.endAll(realm, user, null);
        audit("realm-user.signed-out", owner, known, Map.of());
    }

    private NewPassword password(Realm realm, Secret text, String email, String name) {
        int shortest = realms.settings(realm.id()).passwords().shortest();
        return NewPassword.parse("password", text, List.of(email, name), shortest);
    }

    private static Map<String, Object> differences(RealmUser before, RealmUser after) {
        Map<String, Object> changes = new LinkedHashMap<>();
        if (!Objects.equals(before.email(), after.email())) {
            changes.put("email", Map.of("from", String.valueOf(before.email()), "to", String.valueOf(after.email())));
        }
        if (before.emailVerified() != after.emailVerified()) {
            changes.put("emailVerified", after.emailVerified());
        }
        if (!before.name().equals(after.name())) {
            changes.put("name", Map.of("from", before.name(), "to", after.name()));
        }
        if (before.blocked() != after.blocked()) {
            changes.put("blocked", after.blocked());
        }
        return changes;
    }

    private void audit(String action, Realm realm, RealmUser user, Map<String, Object> changes) {
        Map<String, Object> all = new LinkedHashMap<>(changes);
        all.put("realm", realm.name().value());
        events.publishEvent(new Audited(
                action,
                realm.teamId() == null ? null : Scope.of(realm.teamId()),
                "realm-user",
                user.id().value(),
                user.email() == null ? user.name() : user.email().value(),
                all));
    }

    private static ResponseEntity<RealmUser> answer(RealmUser user) {
        return ResponseEntity.ok().eTag(EntityTag.of(user.version())).body(user);
    }
}
