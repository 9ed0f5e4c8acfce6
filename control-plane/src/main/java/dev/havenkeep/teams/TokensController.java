package dev.havenkeep.teams;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.identity.User;
import dev.havenkeep.identity.Users;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.CidrBlock;
import dev.havenkeep.web.Page;
import dev.havenkeep.web.Paging;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** The API tokens of a team: one's own, and everybody's for whoever manages members. */
@RestController
@RequestMapping("/api/v1/teams/{team}/tokens")
class TokensController {

    private static final int MOST_NETWORKS = 50;

    /**
     * What a new token is for.
     *
     * @param name what it is called, 1 to 100 characters
     * @param permissions at least one; {@code GET /api/v1/permissions} lists them. It never can do more than its maker
     * @param projectIds the only projects that it reaches; absent for all of the team
     * @param expiresAt absent for a token that lasts until it is revoked
     * @param allowedNetworks networks (CIDR) from which it may be used; absent for anywhere
     * @param readOnly true to refuse permissions that change things
     */
    record NewToken(
            String name,
            List<String> permissions,
            @Nullable List<String> projectIds,
            @Nullable Instant expiresAt,
            @Nullable List<String> allowedNetworks,
            @Nullable Boolean readOnly) {}

    /**
     * A token.
     *
     * @param name what it is called
     * @param permissions what it may do, as far as its maker still may
     * @param projectIds the only projects that it reaches; empty for all of the team
     * @param readOnly whether it can only read
     * @param allowedNetworks networks from which it may be used; empty for anywhere
     * @param createdBy who made it
     * @param expiresAt when it stops working; absent for never
     * @param lastUsedAt when it was last used, to the minute
     * @param lastUsedAddress from where
     * @param token what to send as a bearer token; only in the answer that made it
     */
    record TokenInfo(
            String id,
            String name,
            List<Permission> permissions,
            List<ProjectId> projectIds,
            boolean readOnly,
            List<CidrBlock> allowedNetworks,
            @Nullable User createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable String lastUsedAddress,
            @Nullable String token) {

        private static TokenInfo of(Token token, Map<UserId, User> makers, @Nullable Secret text) {
            Token.Use use = token.lastUse();
            return new TokenInfo(
                    token.id(),
                    token.name(),
                    token.limits().permissions(),
                    token.limits().projects(),
                    token.limits().readOnly(),
                    token.allowedNetworks(),
                    makers.get(token.user()),
                    token.createdAt(),
                    token.expiresAt(),
                    use == null ? null : use.at(),
                    use == null ? null : use.address(),
                    text == null ? null : text.reveal());
        }
    }

    private final Tokens tokens;
    private final Places places;
    private final Users users;

    TokensController(Tokens tokens, Places places, Users users) {
        this.tokens = tokens;
        this.places = places;
        this.users = users;
    }

    /** Lists the API tokens of a team: one's own, or all for who manages members. */
    @GetMapping
    Page<TokenInfo> listTokens(
            @PathVariable("team") TeamId team,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        Page<Token> page = Page.of(tokens.list(team, paging), paging, Token::id);
        Map<UserId, User> makers =
                users.find(page.items().stream().map(Token::user).toList());
        return page.map(token -> TokenInfo.of(token, makers, null));
    }

    /** Creates an API token. The answer has the token itself, once. */
    @PostMapping
    ResponseEntity<TokenInfo> createToken(@PathVariable("team") TeamId team, @RequestBody NewToken body) {
        boolean readOnly = Boolean.TRUE.equals(body.readOnly());
        Tokens.Made made = tokens.create(
                team,
                DisplayName.parse("name", body.name()),
                new Token.Limits(
                        permissions(body.permissions(), readOnly), places.projects(team, body.projectIds()), readOnly),
                networks(body.allowedNetworks()),
                body.expiresAt());
        Token token = made.token();
        return ResponseEntity.created(URI.create("/api/v1/teams/" + team + "/tokens/" + token.id()))
                .body(TokenInfo.of(token, users.find(List.of(token.user())), made.text()));
    }

    /** Revokes an API token at once. */
    @DeleteMapping("/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteToken(@PathVariable("team") TeamId team, @PathVariable("token") String id) {
        tokens.revoke(team, id);
    }

    private static List<Permission> permissions(List<String> texts, boolean readOnly) {
        if (texts.isEmpty() || texts.size() > Permission.values().length) {
            throw new ProblemException(
                    Problem.invalid("permissions", "must name at least one; GET /api/v1/permissions lists them"));
        }
        List<Permission> permissions =
                texts.stream().map(Permission::parse).distinct().toList();
        for (Permission permission : permissions) {
            if (readOnly && !permission.readOnly()) {
                throw new ProblemException(Problem.invalid(
                        "permissions",
                        "a read-only token cannot hold " + permission.text() + ", which changes things"));
            }
        }
        return permissions;
    }

    private static List<CidrBlock> networks(@Nullable List<String> texts) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > MOST_NETWORKS) {
            throw new ProblemException(Problem.invalid("allowedNetworks", "may be at most " + MOST_NETWORKS));
        }
        List<CidrBlock> networks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            networks.add(CidrBlock.parse("allowedNetworks[" + i + "]", texts.get(i)));
        }
        return networks;
    }
}
