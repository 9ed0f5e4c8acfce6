package dev.havenkeep.teams;

import dev.havenkeep.credentials.DisplayName;
import dev.havenkeep.credentials.RandomText;
import dev.havenkeep.identity.Keyring;
import dev.havenkeep.kernel.Audited;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Permission;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.TeamId;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.web.CidrBlock;
import dev.havenkeep.web.Paging;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * API tokens. A token's text is {@code hkt_ID_SECRET}; the database has an HMAC of the secret. What a token may do is
 * decided at each use: its own limits, and never more than its maker may do at that moment.
 */
@Component
class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final String KEY = "api-token";
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    /** A token together with its text, which is shown this once. */
    record Made(Token token, Secret text) {}

    private final TokenStore store;
    private final TeamAccess access;
    private final Keyring keyring;
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Tokens(
            TokenStore store,
            TeamAccess access,
            Keyring keyring,
            Database database,
            Ids ids,
            Clock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.access = access;
        this.keyring = keyring;
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Makes a token on the caller's behalf.
     *
     * @throws ProblemException 403 for more than the caller holds, or when the caller is a token; 422 for a date past
     */
    Made create(
            TeamId team,
            DisplayName name,
            Token.Limits limits,
            List<CidrBlock> allowedNetworks,
            @Nullable Instant expiresAt) {
        Caller caller = Caller.current();
        UserId maker = caller.user();
        if (caller.kind() != Caller.Kind.PERSON || maker == null) {
            throw new ProblemException(
                    Problem.forbidden("A token cannot make tokens, which would outlive it. Sign in to make one."));
        }
        requireHeld(team, limits);
        Instant now = clock.instant();
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new ProblemException(Problem.invalid("expiresAt", "must be in the future"));
        }
        Token token = new Token(ids.next(), team, maker, name.value(), limits, allowedNetworks, now, expiresAt, null);
        String secret = RandomText.next();
        database.transaction(() -> {
            store.insert(token, keyring.mac(KEY, secret));
            events.publishEvent(
                    new Audited("token.created", Scope.of(team), "token", token.id(), token.name(), facts(token)));
        });
        return new Made(token, new TokenText(token.id(), secret).secret());
    }

    /** Those of the caller, or all of the team's for whoever manages its members. */
    List<Token> list(TeamId team, Paging paging) {
        boolean all = access.current(team).allows(Permission.MEMBERS_WRITE, Scope.of(team));
        return store.list(team, all ? null : Caller.current().user(), paging);
    }

    void revoke(TeamId team, String id) {
        boolean all = access.current(team).allows(Permission.MEMBERS_WRITE, Scope.of(team));
        UserId caller = Caller.current().user();
        database.transaction(() -> {
            Token token = store.find(id)
                    .map(TokenStore.Kept::token)
                    .filter(found ->
                            found.team().equals(team) && (all || found.user().equals(caller)))
                    .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such token of yours.")));
            store.delete(id);
            events.publishEvent(new Audited("token.revoked", Scope.of(team), "token", id, token.name(), Map.of()));
        });
    }

    /**
     * The token with this text.
     *
     * @param visitor who brings it
     * @throws ProblemException 401 when there is none or it has expired, 403 when it may not be used from there
     */
    Token verify(TokenText text, Caller visitor) {
        Optional<TokenStore.Kept> kept = store.find(text.id());
        String mac = keyring.mac(KEY, text.secretPart());
        if (kept.isEmpty() || !same(kept.get().secretMac(), mac)) {
            throw new ProblemException(Problem.of(
                    401,
                    "token-invalid",
                    "The API token is not valid",
                    "There is no such token: it was revoked, or is incomplete. Make a new one."));
        }
        Token token = kept.get().token();
        Instant now = clock.instant();
        if (token.expiresAt() != null && !token.expiresAt().isAfter(now)) {
            refused(token, visitor, "expired");
            throw new ProblemException(
                    Problem.of(401, "token-expired", "The API token has expired", "It has expired. Make a new one."));
        }
        String address = visitor.address() == null ? "" : visitor.address();
        if (!token.allowedNetworks().isEmpty() && !allowed(token, address)) {
            refused(token, visitor, "network");
            throw new ProblemException(Problem.of(
                    403,
                    "token-network",
                    "The API token may not be used from there",
                    "It is limited to certain networks, and " + address + " is in none of them."));
        }
        Token.Use last = token.lastUse();
        if (last == null || last.at().isBefore(now.minus(USE_RESOLUTION))) {
            used(token, now, address);
        }
        return token;
    }

    /** Worth noting, but no reason to keep anybody out, for example while the disk is full. */
    private void used(Token token, Instant now, String address) {
        try {
            store.used(token.id(), now, address);
        } catch (DataAccessException e) {
            LOG.warn("It cannot be noted that an API token is used: {}", e.getMessage());
        }
    }

    private void requireHeld(TeamId team, Token.Limits limits) {
        Access own = access.current(team);
        for (Permission permission : limits.permissions()) {
            boolean held = limits.projects().isEmpty()
                    ? own.allows(permission, Scope.of(team))
                    : limits.projects().stream()
                            .allMatch(project -> own.allows(permission, new Scope(team, project, null)));
            if (!held) {
                throw new ProblemException(Problem.forbidden(
                                "You do not hold " + permission.text() + " there yourself, so no token of yours can.")
                        .with("permission", permission.text()));
            }
        }
    }

    private void refused(Token token, Caller visitor, String reason) {
        Caller bearer = new Caller(
                Caller.Kind.TOKEN, token.user(), token.name(), token.id(), visitor.address(), visitor.requestId());
        try (Caller.Bound _ = Caller.bind(bearer)) {
            database.transaction(() -> events.publishEvent(new Audited(
                    "token.refused",
                    Scope.of(token.team()),
                    "token",
                    token.id(),
                    token.name(),
                    Map.of("reason", reason))));
        }
    }

    private static boolean allowed(Token token, String address) {
        return CidrBlock.literal(address)
                .filter(literal -> token.allowedNetworks().stream().anyMatch(block -> block.contains(literal)))
                .isPresent();
    }

    private static boolean same(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), actual.getBytes(StandardCharsets.US_ASCII));
    }

    private static Map<String, Object> facts(Token token) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("permissions", token.limits().permissions());
        facts.put("readOnly", token.limits().readOnly());
        facts.put(
                "projectIds",
                token.limits().projects().stream().map(ProjectId::value).toList());
        facts.put("allowedNetworks", token.allowedNetworks());
        if (token.expiresAt() != null) {
            facts.put("expiresAt", token.expiresAt());
        }
        return facts;
    }
}
