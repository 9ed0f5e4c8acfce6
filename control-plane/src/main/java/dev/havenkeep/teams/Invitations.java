package dev.havenkeep.teams;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.identity.User;
import dev.havenkeep.identity.Users;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Paging;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * How people come into a team: by a link that works once, for a week, and only as long as whoever sent it could still
 * send it. The database has the hash of the link's secret.
 */
@Component
class Invitations {

    private static final Duration VALID_FOR = Duration.ofDays(7);

    /** An invitation together with its link's secret, which is shown this once. */
    record Sent(Invitation invitation, Secret secret) {}

    private final TeamStore store;
    private final TeamAccess access;
    private final Places places;
    private final Users users;
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Invitations(
            TeamStore store,
            TeamAccess access,
            Places places,
            Users users,
            Database database,
            Ids ids,
            Clock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.access = access;
        this.places = places;
        this.users = users;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /** @throws ProblemException 403 when it would give more than the caller holds, 409 when they are a member already */
    Sent invite(TeamId team, EmailAddress email, Role role, @Nullable List<GrantForm> grants) {
        UserId inviter = Caller.current().user();
        if (inviter == null) {
            throw new ProblemException(Problem.forbidden("Only a person or their token can invite."));
        }
        Instant now = clock.instant();
        Invitation invitation = new Invitation(
                ids.next(), team, email, role, places.grants(team, grants), inviter, now, now.plus(VALID_FOR));
        if (!mayGive(access.current(team), invitation)) {
            throw new ProblemException(
                    Problem.forbidden("You cannot give this role: it goes beyond what you hold here yourself."));
        }
        String secret = RandomText.next();
        database.transaction(() -> {
            store.lock(team);
            if (users.find(email)
                    .flatMap(user -> store.membership(team, user.id()))
                    .isPresent()) {
                throw alreadyMember();
            }
            store.insert(invitation, RandomText.hash(secret));
            events.publishEvent(new Audited(
                    "invitation.created",
                    Scope.of(team),
                    "invitation",
                    invitation.id(),
                    email.value(),
                    Map.of(
                            "role",
                            role,
                            "grants",
                            invitation.grants().stream().map(GrantForm::of).toList())));
        });
        return new Sent(invitation, Secret.of(secret));
    }

    List<Invitation> list(TeamId team, Paging paging) {
        return store.invitations(team, clock.instant(), paging);
    }

    void delete(TeamId team, String id) {
        database.transaction(() -> {
            Invitation invitation = store.invitation(id)
                    .filter(found -> found.team().equals(team))
                    .orElseThrow(Invitations::gone);
            store.deleteInvitation(id);
            events.publishEvent(new Audited(
                    "invitation.deleted",
                    Scope.of(team),
                    "invitation",
                    id,
                    invitation.email().value(),
                    Map.of()));
        });
    }

    /**
     * The invitation of a link.
     *
     * @throws ProblemException 404 when there is none, or not any more
     */
    Invitation open(Secret secret) {
        Invitation invitation = store.invitationByToken(RandomText.hash(secret.reveal()))
                .filter(found -> found.expiresAt().isAfter(clock.instant()))
                .orElseThrow(Invitations::gone);
        Optional<Access> inviter = access.ofPerson(invitation.invitedBy(), invitation.team());
        if (inviter.filter(held ->
                        held.allows(Permission.MEMBERS_WRITE, Scope.of(invitation.team())) && mayGive(held, invitation))
                .isEmpty()) {
            throw gone();
        }
        return invitation;
    }

    /**
     * Somebody who is signed in joins the team.
     *
     * @throws ProblemException 409 when the invitation is for somebody else, or they are in the team
     */
    void accept(Invitation invitation, User user) {
        if (!user.email().equals(invitation.email())) {
            throw new ProblemException(
                    Problem.conflict(
                            "invitation-for-another",
                            "This invitation is for somebody else",
                            "It was sent to another address than the one you are signed in with. Sign out, then open it again."));
        }
        database.transaction(() -> join(invitation, user));
    }

    /** Somebody new makes their account and joins the team, or neither. */
    User accept(Invitation invitation, Users.Newcomer newcomer) {
        User user = newcomer.user();
        Caller person = new Caller(
                Caller.Kind.PERSON,
                user.id(),
                user.email().value(),
                null,
                Caller.current().address(),
                Caller.current().requestId());
        try (Caller.Bound _ = Caller.bind(person)) {
            return database.transaction(() -> {
                users.join(newcomer);
                join(invitation, user);
                return user;
            });
        }
    }

    private void join(Invitation invitation, User user) {
        if (!store.deleteInvitation(invitation.id())) {
            throw gone();
        }
        Membership member = new Membership(
                ids.next(), invitation.team(), user.id(), invitation.role(), invitation.grants(), clock.instant());
        if (!store.insert(member)) {
            throw alreadyMember();
        }
        events.publishEvent(new Audited(
                "member.joined",
                Scope.of(invitation.team()),
                "member",
                member.id(),
                user.email().value(),
                Map.of("role", member.role(), "invitation", invitation.id())));
    }

    private static boolean mayGive(Access giver, Invitation invitation) {
        return giver.holds(invitation.role(), Scope.of(invitation.team()))
                && invitation.grants().stream()
                        .allMatch(grant -> giver.holds(grant.role(), grant.scope(invitation.team())));
    }

    private static ProblemException alreadyMember() {
        return new ProblemException(Problem.conflict(
                "already-member",
                "They are in the team already",
                "Change the member's role instead of inviting them."));
    }

    private static ProblemException gone() {
        return new ProblemException(Problem.notFound(
                "This invitation does not exist, was used, has expired or was withdrawn. Ask for a new one."));
    }
}
