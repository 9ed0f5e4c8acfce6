package dev.havenkeep.teams;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.identity.User;
import dev.havenkeep.identity.Users;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The members of a team. */
@RestController
@RequestMapping("/api/v1/teams/{team}")
class MembersController {

    /**
     * A person in a team.
     *
     * @param userId the person
     * @param email what they sign in with
     * @param name what they are called
     * @param role their role in the whole team
     * @param grants their roles on parts of it
     * @param createdAt when they joined
     */
    record Member(
            String id,
            UserId userId,
            EmailAddress email,
            String name,
            Role role,
            List<GrantForm> grants,
            Instant createdAt) {

        private static Member of(Membership membership, User user) {
            return new Member(
                    membership.id(),
                    user.id(),
                    user.email(),
                    user.name(),
                    membership.role(),
                    membership.grants().stream().map(GrantForm::of).toList(),
                    membership.createdAt());
        }
    }

    /**
     * What of a membership changes; what is absent stays.
     *
     * @param role another role in the whole team
     * @param grants all roles on parts of it, in place of those before
     */
    record MemberChange(@Nullable Role role, @Nullable List<GrantForm> grants) {}

    private final Members members;
    private final Users users;

    MembersController(Members members, Users users) {
        this.members = members;
        this.users = users;
    }

    /** Lists the members of a team. */
    @GetMapping("/members")
    Page<Member> listMembers(
            @PathVariable("team") TeamId team,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        Page<Membership> page = Page.of(members.list(team, paging), paging, Membership::id);
        Map<UserId, User> people =
                users.find(page.items().stream().map(Membership::user).toList());
        return page.map(membership -> Member.of(membership, person(people, membership)));
    }

    /** Changes a member's role or grants. */
    @PatchMapping("/members/{member}")
    Member updateMember(
            @PathVariable("team") TeamId team, @PathVariable("member") String id, @RequestBody MemberChange body) {
        User user = person(members.get(team, id));
        return Member.of(members.update(team, id, user.email().value(), body.role(), body.grants()), user);
    }

    /** Removes a member from a team; their tokens for it end. */
    @DeleteMapping("/members/{member}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeMember(@PathVariable("team") TeamId team, @PathVariable("member") String id) {
        members.remove(team, id, person(members.get(team, id)).email().value());
    }

    /** Leaves a team, of which one must not be the last owner. */
    @PostMapping("/leave")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void leaveTeam(@PathVariable("team") TeamId team) {
        members.leave(team);
    }

    private User person(Membership membership) {
        return person(users.find(List.of(membership.user())), membership);
    }

    private static User person(Map<UserId, User> people, Membership membership) {
        User user = people.get(membership.user());
        if (user == null) {
            throw new IllegalStateException("A member who is nobody: " + membership.id());
        }
        return user;
    }
}
