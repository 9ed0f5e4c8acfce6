package dev.havenkeep.provider;

import dev.havenkeep.kernel.UserId;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.RealmSession;
import dev.havenkeep.realms.RealmSessions;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.RealmUsers;
import dev.havenkeep.realms.Realms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The whole of a sign-in, told in one place: what a client's request asks of the person, and which stage comes next.
 * Stages change nothing; what was done is in the interaction's progress, and a page that is posted twice finds that the
 * stage is another one by then.
 */
@Component
class SignIns {

    /** One proof, for example a password. */
    static final String SINGLE = "1";
    /** Two proofs of different kinds. */
    static final String MULTIPLE = "2";

    /** Scopes that need no consent: that the client knows who it is is what signing in means. */
    private static final Set<String> IMPLIED = Set.of("openid");

    private final Realms realms;
    private final RealmSessions sessions;
    private final RealmUsers users;
    private final RegisteredClients clients;
    private final GrantStore grants;
    private final UserClaims claims;
    private final IdTokenHints hints;
    private final InstantSource clock;

    SignIns(
            Realms realms,
            RealmSessions sessions,
            RealmUsers users,
            RegisteredClients clients,
            GrantStore grants,
            UserClaims claims,
            IdTokenHints hints,
            InstantSource clock) {
        this.realms = realms;
        this.sessions = sessions;
        this.users = users;
        this.clients = clients;
        this.grants = grants;
        this.claims = claims;
        this.hints = hints;
        this.clock = clock;
    }

    /** What stands between a request and its answer. */
    enum Missing {
        /** Nobody is signed in, or not as the request wants it. */
        SIGN_IN("login_required", "Nobody is signed in as the request wants it"),
        /** The person is to say as whom they go on. */
        ACCOUNT("account_selection_required", "The person must choose an account"),
        /** The person has not allowed it yet. */
        CONSENT("consent_required", "The person has not consented yet"),
        /** Nothing. */
        NOTHING("", "");

        private final String error;
        private final String reason;

        Missing(String error, String reason) {
            this.error = error;
            this.reason = reason;
        }

        /** The refusal of a request that lets nobody be asked ({@code prompt=none}). */
        AuthorizationRefused refusal(AuthorizationRequest request) {
            return new AuthorizationRefused(error, reason, AuthorizationRefused.Answer.to(request));
        }
    }

    /** What a new request asks of the person in this browser. */
    Missing missing(RealmContext context, AuthorizationRequest request, Client client, Optional<RealmSession> session) {
        if (session.isEmpty()
                || request.prompts().contains("login")
                || tooOld(request, session.get())
                || anotherIsWanted(context, request, session.get())
                || !strongEnough(request, session.get())) {
            return Missing.SIGN_IN;
        }
        if (request.prompts().contains("select_account")) {
            return Missing.ACCOUNT;
        }
        return unconsented(context, request, client, session.get()).isEmpty() ? Missing.NOTHING : Missing.CONSENT;
    }

    /** What comes next. */
    Stage next(RealmContext context, Interaction interaction, Optional<RealmSession> browsers) {
        String settled = interaction.progress().session();
        RealmSession session = settled == null
                ? null
                : browsers.filter(own -> own.id().equals(settled)).orElse(null);
        if (session == null) {
            boolean choice = interaction.progress().user() == null
                    && browsers.isPresent()
                    && interaction
                            .errand()
                            .asked()
                            .filter(request -> request.prompts().contains("select_account")
                                    && !request.prompts().contains("login"))
                            .isPresent();
            return choice ? new Stage.ChooseAccount(browsers.get()) : new Stage.Identify();
        }
        AuthorizationRequest request = interaction.errand().request();
        if (request != null && interaction.progress().consented() == null) {
            Client client = clients.client(request.clientId())
                    .orElseThrow(() ->
                            new AuthorizationRefused("invalid_request", "The client does not exist any more", null));
            Set<String> missing = unconsented(context, request, client, session);
            if (!missing.isEmpty()) {
                return new Stage.Consent(request, client, session, missing);
            }
        }
        return new Stage.Done(session);
    }

    /**
     * Somebody has shown every proof that is asked for: their session begins, or goes on under a new secret when the
     * browser was theirs already.
     */
    RealmSessions.Started settle(
            RealmContext context, Interaction interaction, Optional<RealmSession> browsers, String acr) {
        Interaction.Progress progress = interaction.progress();
        UserId user = new UserId(String.valueOf(progress.user()));
        RealmSession.Authentication authentication =
                new RealmSession.Authentication(acr, progress.amr(), progress.connection());
        RealmSession same =
                browsers.filter(session -> session.user().equals(user)).orElse(null);
        browsers.filter(session -> same == null).ifPresent(other -> sessions.end(context.id(), other.id()));
        users.signedIn(context.id(), user);
        return same == null
                ? sessions.start(context.id(), user, authentication, progress.remember(), null, context.visit())
                : sessions.prove(context.id(), same, authentication, progress.remember());
    }

    /** Whether the person who has just signed in is the one that the request is about (section 3.1.2.1). */
    boolean isWanted(RealmContext context, AuthorizationRequest request, UserId user) {
        String wanted = wanted(context, request);
        return wanted == null || wanted.equals(user.value());
    }

    /** The user of a session. */
    RealmUser user(RealmContext context, RealmSession session) {
        return users.get(context.id(), session.user());
    }

    private boolean tooOld(AuthorizationRequest request, RealmSession session) {
        Instant now = clock.instant();
        return request.maxAge()
                .filter(seconds -> session.authenticatedAt()
                        .plus(Duration.ofSeconds(seconds))
                        .isBefore(now))
                .isPresent();
    }

    private boolean anotherIsWanted(RealmContext context, AuthorizationRequest request, RealmSession session) {
        return !isWanted(context, request, session.user());
    }

    private @Nullable String wanted(RealmContext context, AuthorizationRequest request) {
        Object named = claims.requested(request, UserClaims.Place.ID_TOKEN).get("sub") instanceof Map<?, ?> sub
                ? sub.get("value")
                : null;
        if (named != null) {
            return String.valueOf(named);
        }
        return request.parameter("id_token_hint")
                .map(hint -> hints.read(context, hint)
                        .map(IdTokenHints.Hint::subject)
                        .orElseThrow(() -> new AuthorizationRefused(
                                "invalid_request",
                                "id_token_hint is not an ID token of this issuer",
                                AuthorizationRefused.Answer.to(request))))
                .orElse(null);
    }

    /** Whether the session's proof is of a class that the request insists on (section 5.5.1.1). */
    private boolean strongEnough(AuthorizationRequest request, RealmSession session) {
        List<String> wanted = wantedClasses(request);
        return wanted.isEmpty() || wanted.contains(session.authentication().acr()) || !wanted.contains(MULTIPLE);
    }

    private List<String> wantedClasses(AuthorizationRequest request) {
        return claims.requested(request, UserClaims.Place.ID_TOKEN).get("acr") instanceof Map<?, ?> acr
                ? acr.get("values") instanceof List<?> values
                        ? values.stream().map(String::valueOf).toList()
                        : acr.get("value") == null ? List.of() : List.of(String.valueOf(acr.get("value")))
                : request.acrValues();
    }

    private Set<String> unconsented(
            RealmContext context, AuthorizationRequest request, Client client, RealmSession session) {
        boolean again = request.prompts().contains("consent");
        if (!client.settings().flows().consent() && !again) {
            return Set.of();
        }
        Set<String> missing = new HashSet<>(request.scopes());
        if (!again) {
            missing.removeAll(grants.consented(
                    realms.database(context.id()),
                    session.user().value(),
                    client.id().value()));
            missing.removeAll(IMPLIED);
        }
        return missing;
    }
}
