package dev.havenkeep.provider;

import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.pages.FormContext;
import dev.havenkeep.pages.view.ChooseAccountPage;
import dev.havenkeep.pages.view.ConsentPage;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormError;
import dev.havenkeep.pages.view.FormErrors;
import dev.havenkeep.pages.view.RequestedScope;
import dev.havenkeep.pages.view.SignInPage;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.RealmEvents;
import dev.havenkeep.realms.RealmPasswords;
import dev.havenkeep.realms.RealmSession;
import dev.havenkeep.realms.RealmSessions;
import dev.havenkeep.realms.RealmUser;
import dev.havenkeep.realms.Realms;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The pages of a sign-in under way. Each shows itself only while it is its turn, and leads on to the next. */
@Component
class SignInPages {

    private static final String SIGN_IN = "sign-in";

    private final SignIns signIns;
    private final Interactions interactions;
    private final AuthorizationEndpoint authorization;
    private final RealmPasswords passwords;
    private final RegisteredClients clients;
    private final GrantStore grants;
    private final Realms realms;
    private final SessionCookies cookies;
    private final RealmPages pages;
    private final ConnectionChoices connections;
    private final AuthEvents events;
    private final InstantSource clock;

    SignInPages(
            SignIns signIns,
            Interactions interactions,
            AuthorizationEndpoint authorization,
            RealmPasswords passwords,
            RegisteredClients clients,
            GrantStore grants,
            Realms realms,
            SessionCookies cookies,
            RealmPages pages,
            ConnectionChoices connections,
            AuthEvents events,
            InstantSource clock) {
        this.signIns = signIns;
        this.interactions = interactions;
        this.authorization = authorization;
        this.passwords = passwords;
        this.clients = clients;
        this.grants = grants;
        this.realms = realms;
        this.cookies = cookies;
        this.pages = pages;
        this.connections = connections;
        this.events = events;
        this.clock = clock;
    }

    /** The path of a stage's page. */
    static String path(Stage stage) {
        return switch (stage) {
            case Stage.Identify() -> SignInPage.PATH;
            case Stage.ChooseAccount _ -> ChooseAccountPage.PATH;
            case Stage.Consent _ -> ConsentPage.PATH;
            case Stage.Done _ -> SignInPage.PATH;
        };
    }

    /** What somebody sees who comes to any of the pages: the one whose turn it is. */
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        if (request.getParameter(RealmPages.INTERACTION) == null
                && request.getServletPath().equals(SignInPage.PATH)) {
            Interaction begun = interactions.begin(
                    context, cookies.browser(request, response), Errand.to("/account"), Interaction.Progress.NONE);
            AuthorizationAnswers.redirect(
                    request, response, AuthorizationEndpoint.address(context, begun, SignInPage.PATH));
            return;
        }
        Interaction interaction = interaction(request);
        Stage stage = signIns.next(context, interaction, cookies.session(request));
        if (stage instanceof Stage.Done || !path(stage).equals(request.getServletPath())) {
            goOn(request, response, interaction);
            return;
        }
        page(request, response, interaction, stage, HttpServletResponse.SC_OK, FormErrors.none());
    }

    /** Somebody says who they are and types their password. */
    void signIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Interaction interaction = posted(request);
        if (!(signIns.next(context, interaction, cookies.session(request)) instanceof Stage.Identify)) {
            goOn(request, response, interaction);
            return;
        }
        String typed = request.getParameter(SignInPage.IDENTIFIER_FIELD);
        String password = request.getParameter(SignInPage.PASSWORD_FIELD);
        RealmPasswords.Outcome outcome =
                passwords.attempt(context.id(), typed, password == null ? null : Secret.of(password), context.visit());
        switch (outcome) {
            case RealmPasswords.Outcome.Proven(RealmUser user) -> proven(request, response, interaction, user);
            case RealmPasswords.Outcome.Refused(RealmPasswords.Reason reason, var user) -> {
                events.note(
                        context,
                        RealmEvents.Note.failure(SIGN_IN, reason(reason), user, clientId(interaction))
                                .withEmail(cut(typed)));
                refused(request, response, interaction, FormError.of(FormError.Kind.WRONG_CREDENTIALS));
            }
            case RealmPasswords.Outcome.LockedOut(var retryAfter) -> {
                events.note(
                        context,
                        RealmEvents.Note.failure(SIGN_IN, "locked out", null, clientId(interaction))
                                .withEmail(cut(typed)));
                response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
                refused(request, response, interaction, tooMany(retryAfter));
            }
        }
    }

    /** Somebody who is signed in says as whom they go on. */
    void choose(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Interaction interaction = posted(request);
        if (signIns.next(context, interaction, cookies.session(request))
                instanceof Stage.ChooseAccount(RealmSession session)) {
            if (session.id().equals(request.getParameter(ChooseAccountPage.ACCOUNT_FIELD))) {
                interaction =
                        advance(context, interaction, interaction.progress().settled(session.id()));
            } else {
                page(
                        request,
                        response,
                        interaction,
                        new Stage.Identify(),
                        HttpServletResponse.SC_OK,
                        FormErrors.none());
                return;
            }
        }
        goOn(request, response, interaction);
    }

    /** Somebody allows the client what it asks for, or does not. */
    void consent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Interaction interaction = posted(request);
        if (signIns.next(context, interaction, cookies.session(request))
                instanceof Stage.Consent(var asked, var client, var session, var missing)) {
            if (!ConsentPage.ALLOW.equals(request.getParameter(ConsentPage.DECISION_FIELD))) {
                interactions.end(context, interaction);
                events.failure(context, "consent", "refused by the person", session.user(), client.clientId());
                throw new AuthorizationRefused(
                        "access_denied", "The person did not allow it", AuthorizationRefused.Answer.to(asked));
            }
            Set<String> known = grants.consented(
                    realms.database(context.id()),
                    session.user().value(),
                    client.id().value());
            Set<String> allowed = new HashSet<>(known);
            allowed.addAll(missing);
            interaction = advance(context, interaction, interaction.progress().allowing(missing));
            grants.consent(
                    realms.database(context.id()),
                    session.user().value(),
                    client.id().value(),
                    allowed,
                    clock.instant());
            events.success(context, "consent", session.user(), client.clientId());
        }
        goOn(request, response, interaction);
    }

    private void proven(HttpServletRequest request, HttpServletResponse response, Interaction before, RealmUser user)
            throws IOException {
        RealmContext context = RealmContext.current();
        Optional<AuthorizationRequest> asked = before.errand().asked();
        if (asked.isPresent() && !signIns.isWanted(context, asked.get(), user.id())) {
            events.failure(context, SIGN_IN, "another account than the client asked for", user.id(), clientId(before));
            refused(request, response, before, FormError.of(FormError.Kind.OTHER_ACCOUNT_EXPECTED));
            return;
        }
        boolean remember = "on".equals(request.getParameter(SignInPage.REMEMBER_FIELD));
        enter(request, response, before, new Proof(user, List.of("pwd"), null, remember));
    }

    /**
     * What somebody has shown.
     *
     * @param methods by what (RFC 8176)
     * @param connection the upstream provider that vouched for them, if one did
     */
    record Proof(
            RealmUser user, List<String> methods, @Nullable String connection, boolean remember) {}

    /** Somebody has shown all that is asked for: their session begins, and they go on. */
    void enter(HttpServletRequest request, HttpServletResponse response, Interaction before, Proof proof)
            throws IOException {
        RealmContext context = RealmContext.current();
        UserId user = proof.user().id();
        Interaction interaction = before.with(
                before.progress().proven(user.value(), proof.methods(), proof.connection(), proof.remember()));
        RealmSessions.Started started = signIns.settle(context, interaction, cookies.session(request), SignIns.SINGLE);
        Interaction settled = advance(
                context,
                interaction,
                interaction.progress().settled(started.session().id()));
        cookies.hand(request, response, started);
        events.note(
                context,
                RealmEvents.Note.success(SIGN_IN, user, clientId(before)).through(proof.connection()));
        goOn(request, response, settled);
    }

    /** The sign-in page once more, with what was wrong. */
    void again(HttpServletRequest request, HttpServletResponse response, Interaction interaction, FormError error)
            throws IOException {
        refused(request, response, interaction, error);
    }

    /** Leads to the next page, or to where the person came from. */
    void goOn(HttpServletRequest request, HttpServletResponse response, Interaction interaction) throws IOException {
        RealmContext context = RealmContext.current();
        Stage stage = signIns.next(context, interaction, cookies.session(request));
        if (!(stage instanceof Stage.Done(RealmSession session))) {
            AuthorizationAnswers.redirect(
                    request, response, AuthorizationEndpoint.address(context, interaction, path(stage)));
            return;
        }
        if (!interactions.end(context, interaction)) {
            throw new InteractionOver();
        }
        AuthorizationRequest asked = interaction.errand().request();
        if (asked == null) {
            AuthorizationAnswers.redirect(
                    request, response, context.url(interaction.errand().page()));
            return;
        }
        Client client = clients.client(asked.clientId())
                .orElseThrow(
                        () -> new AuthorizationRefused("invalid_request", "The client does not exist any more", null));
        authorization.finish(request, response, asked, client, session);
    }

    private void refused(
            HttpServletRequest request, HttpServletResponse response, Interaction interaction, FormError error)
            throws IOException {
        page(request, response, interaction, new Stage.Identify(), status(error), FormErrors.of(error));
    }

    /** The status of a page that says so. */
    static int status(FormError error) {
        return error.kind() == FormError.Kind.TOO_MANY_ATTEMPTS ? 429 : 422;
    }

    static FormError tooMany(Duration retryAfter) {
        long minutes = Math.max(1, (retryAfter.toSeconds() + 59) / 60);
        return FormError.of(FormError.Kind.TOO_MANY_ATTEMPTS, "minutes", Long.toString(minutes));
    }

    private void page(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            Stage stage,
            int status,
            FormErrors errors)
            throws IOException {
        RealmContext context = RealmContext.current();
        switch (stage) {
            case Stage.Identify() ->
                pages.show(request, response, status, interaction, signInPage(request, interaction, errors));
            case Stage.ChooseAccount(RealmSession session) ->
                pages.show(
                        request,
                        response,
                        status,
                        interaction,
                        new ChooseAccountPage(
                                client(interaction).map(RealmPages::summary).orElse(null),
                                List.of(new ChooseAccountPage.Choice(
                                        session.id(), RealmPages.summary(signIns.user(context, session)), true))));
            case Stage.Consent(var asked, var client, var session, var missing) -> {
                Set<String> granted = new HashSet<>(asked.scopes());
                granted.removeAll(missing);
                pages.show(
                        request,
                        response,
                        status,
                        interaction,
                        new ConsentPage(
                                RealmPages.summary(client),
                                RealmPages.summary(signIns.user(context, session)),
                                scopes(missing),
                                scopes(granted),
                                null));
            }
            case Stage.Done _ -> throw new IllegalStateException("What is done has no page");
        }
    }

    private SignInPage signInPage(HttpServletRequest request, Interaction interaction, FormErrors errors) {
        String typed = request.getParameter(SignInPage.IDENTIFIER_FIELD);
        String hint = interaction
                .errand()
                .asked()
                .flatMap(asked -> asked.parameter("login_hint"))
                .orElse("");
        return new SignInPage(
                client(interaction).map(RealmPages::summary).orElse(null),
                typed == null ? hint : typed,
                new SignInPage.Offers(false, true, false, null, true, new SignInPage.Links(false, false)),
                connections.buttons(RealmContext.current(), client(interaction)),
                errors);
    }

    /** The client that it is for, if it is for one. */
    Optional<Client> client(Interaction interaction) {
        return interaction.errand().asked().flatMap(asked -> clients.client(asked.clientId()));
    }

    private static List<RequestedScope> scopes(Set<String> names) {
        return names.stream()
                .sorted()
                .map(name -> new RequestedScope(name, null))
                .toList();
    }

    static @Nullable String clientId(Interaction interaction) {
        return interaction.errand().asked().map(AuthorizationRequest::clientId).orElse(null);
    }

    static String reason(RealmPasswords.Reason reason) {
        return switch (reason) {
            case NO_ACCOUNT -> "no such account";
            case NO_PASSWORD -> "the account has no password";
            case WRONG_PASSWORD -> "wrong password";
            case BLOCKED -> "the account is blocked";
        };
    }

    private static @Nullable String cut(@Nullable String typed) {
        return typed == null || typed.length() <= 200 ? typed : typed.substring(0, 200);
    }

    /** The sign-in that a page or form belongs to. */
    Interaction interaction(HttpServletRequest request) {
        return interaction(request.getParameter(RealmPages.INTERACTION), request);
    }

    /** The sign-in of this id, if it is this browser's. */
    Interaction interaction(@Nullable String id, HttpServletRequest request) {
        String browser = cookies.knownBrowser(request).orElse(null);
        if (id == null || browser == null) {
            throw new InteractionOver();
        }
        return interactions.find(RealmContext.current(), id, browser).orElseThrow(InteractionOver::new);
    }

    /** The same for a form that was posted: one of this browser's own. */
    Interaction posted(HttpServletRequest request) {
        Interaction interaction = interaction(request);
        String token = request.getParameter(FormContext.CSRF_FIELD);
        String browser = cookies.knownBrowser(request).orElseThrow(InteractionOver::new);
        if (token == null || !Interactions.equal(token, SessionCookies.csrfToken(browser))) {
            throw new InteractionOver();
        }
        return interaction;
    }

    private Interaction advance(RealmContext context, Interaction before, Interaction.Progress progress) {
        return interactions.advance(context, before, progress).orElseThrow(InteractionOver::new);
    }

    /** The kind of page that tells of it is {@link ErrorPage.Kind#EXPIRED}. */
    static final class InteractionOver extends RuntimeException {

        private static final long serialVersionUID = 1L;

        InteractionOver() {
            super("The sign-in is over, or is another browser's");
        }
    }
}
