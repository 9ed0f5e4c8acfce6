package dev.havenkeep.teams;

import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.identity.CurrentSession;
import dev.havenkeep.identity.User;
import dev.havenkeep.identity.Users;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.ClientAddresses;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invitations into a team, and what the person who opens the link does with them. */
@RestController
@RequestMapping("/api/v1")
class InvitationsController {

    /** The console's page for it. The secret is in the fragment, which no server, proxy or referrer sees. */
    private static final String PAGE = "/invitations/accept#";

    /**
     * Whom to invite, as what.
     *
     * @param email whom to invite
     * @param role their role in the whole team; {@code none} for who gets grants only
     * @param grants their roles on parts of it
     */
    record NewInvitation(String email, Role role, @Nullable List<GrantForm> grants) {}

    /**
     * The secret of a link.
     *
     * @param token what stands behind the {@code #} of the link
     */
    record OpenedLink(Secret token) {}

    /**
     * How somebody accepts: signed in already, or with a name and a password for a new account.
     *
     * @param token what stands behind the {@code #} of the link
     * @param name of a new account, 1 to 100 characters
     * @param password of a new account, at least 12 characters
     */
    record Acceptance(
            Secret token, @Nullable String name, @Nullable Secret password) {}

    /**
     * An open invitation.
     *
     * @param email who is invited
     * @param role their role in the whole team
     * @param grants their roles on parts of it
     * @param invitedBy who invited them
     * @param expiresAt when the link stops working
     * @param link what to send to the person; only in the answer that made it
     */
    record InvitationInfo(
            String id,
            EmailAddress email,
            Role role,
            List<GrantForm> grants,
            UserId invitedBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String link) {

        private static InvitationInfo of(Invitation invitation, @Nullable String link) {
            return new InvitationInfo(
                    invitation.id(),
                    invitation.email(),
                    invitation.role(),
                    invitation.grants().stream().map(GrantForm::of).toList(),
                    invitation.invitedBy(),
                    invitation.createdAt(),
                    invitation.expiresAt(),
                    link);
        }
    }

    /**
     * What the person sees before accepting.
     *
     * @param teamName the team that it is for
     * @param email who is invited
     * @param role what they will be
     * @param invitedBy the name of who invited them
     * @param accountExists whether there is an account with this address, with which to sign in first
     * @param expiresAt when the link stops working
     */
    record InvitationPreview(
            String teamName,
            EmailAddress email,
            Role role,
            String invitedBy,
            boolean accountExists,
            Instant expiresAt) {}

    private final Invitations invitations;
    private final Teams teams;
    private final Users users;
    private final Doorway doorway;
    private final ClientAddresses addresses;

    InvitationsController(
            Invitations invitations, Teams teams, Users users, Doorway doorway, ClientAddresses addresses) {
        this.invitations = invitations;
        this.teams = teams;
        this.users = users;
        this.doorway = doorway;
        this.addresses = addresses;
    }

    /** Lists the open invitations of a team. */
    @GetMapping("/teams/{team}/invitations")
    Page<InvitationInfo> listInvitations(
            @PathVariable("team") TeamId team,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return Page.of(invitations.list(team, paging), paging, Invitation::id)
                .map(found -> InvitationInfo.of(found, null));
    }

    /** Invites somebody into a team. The answer has the link to send to them, once. */
    @PostMapping("/teams/{team}/invitations")
    ResponseEntity<InvitationInfo> createInvitation(
            @PathVariable("team") TeamId team, @RequestBody NewInvitation body, HttpServletRequest request) {
        Invitations.Sent sent =
                invitations.invite(team, EmailAddress.parse("email", body.email()), body.role(), body.grants());
        String link = addresses.baseUrl(request) + PAGE + sent.secret().reveal();
        return ResponseEntity.created(URI.create("/api/v1/teams/" + team + "/invitations/"
                        + sent.invitation().id()))
                .body(InvitationInfo.of(sent.invitation(), link));
    }

    /** Withdraws an invitation; its link stops working. */
    @DeleteMapping("/teams/{team}/invitations/{invitation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteInvitation(@PathVariable("team") TeamId team, @PathVariable("invitation") String id) {
        invitations.delete(team, id);
    }

    /** Says what an invitation's link leads to, without accepting it. */
    @PostMapping("/invitations/preview")
    InvitationPreview previewInvitation(@RequestBody OpenedLink body) {
        Invitation invitation = invitations.open(body.token());
        return new InvitationPreview(
                teams.get(invitation.team()).name(),
                invitation.email(),
                invitation.role(),
                users.find(invitation.invitedBy()).map(User::name).orElse(""),
                users.find(invitation.email()).isPresent(),
                invitation.expiresAt());
    }

    /** Accepts an invitation, as the person signed in or with a new account. */
    @PostMapping("/invitations/accept")
    SignedIn acceptInvitation(@RequestBody Acceptance body, HttpServletRequest request, HttpServletResponse response) {
        Invitation invitation = invitations.open(body.token());
        Optional<CurrentSession> session = CurrentSession.of(request);
        if (session.isPresent()) {
            invitations.accept(invitation, session.get().user());
            return doorway.present(session.get());
        }
        if (users.find(invitation.email()).isPresent()) {
            throw new ProblemException(
                    Problem.conflict(
                            "account-exists",
                            "Sign in first",
                            "There is an account with the invited address already. Sign in with it, then open the link again."));
        }
        User user = invitations.accept(invitation, users.prepare(invitation.email(), body.name(), body.password()));
        return doorway.enter(user, request, response);
    }
}
