package dev.havenkeep.provider;

import dev.havenkeep.connections.AuthorizationHints;
import dev.havenkeep.connections.AuthorizationStart;
import dev.havenkeep.connections.CallbackParameters;
import dev.havenkeep.connections.Linking;
import dev.havenkeep.connections.Upstream;
import dev.havenkeep.connections.UpstreamEmail;
import dev.havenkeep.connections.UpstreamFailure;
import dev.havenkeep.connections.UpstreamIdentity;
import dev.havenkeep.connections.UpstreamOutcome;
import dev.havenkeep.credentials.EmailAddress;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Secret;
import dev.havenkeep.kernel.UserId;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.FormError;
import dev.havenkeep.pages.view.FormErrors;
import dev.havenkeep.pages.view.ProofPage;
import dev.havenkeep.realms.Connection;
import dev.havenkeep.realms.RealmEvents;
import dev.havenkeep.realms.RealmPasswords;
import dev.havenkeep.realms.RealmUser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signing in with an upstream provider: the way there, the way back, and the proof that an account is the person's
 * before an identity is linked to it. Every end of it is written down with the provider and the reason.
 */
@Component
class ConnectionPages {

    static final String START = "/connections/{name}";
    static final String CALLBACK = "/connections/{name}/callback";

    private static final String SIGN_IN = "sign-in";
    /** What a provider may post; anything else of its form is not kept. */
    private static final List<String> FORM_FIELDS =
            List.of("state", "code", "iss", "user", "error", "error_description");

    private static final int LONGEST_FIELD = 8192;

    private final Upstream upstream;
    private final ConnectionChoices choices;
    private final UpstreamRequests requests;
    private final UpstreamAccounts accounts;
    private final SignIns signIns;
    private final SignInPages signInPages;
    private final RealmPasswords passwords;
    private final SessionCookies cookies;
    private final RealmPages pages;
    private final AuthEvents events;

    ConnectionPages(
            Upstream upstream,
            ConnectionChoices choices,
            UpstreamRequests requests,
            UpstreamAccounts accounts,
            SignIns signIns,
            SignInPages signInPages,
            RealmPasswords passwords,
            SessionCookies cookies,
            RealmPages pages,
            AuthEvents events) {
        this.upstream = upstream;
        this.choices = choices;
        this.requests = requests;
        this.accounts = accounts;
        this.signIns = signIns;
        this.signInPages = signInPages;
        this.passwords = passwords;
        this.cookies = cookies;
        this.pages = pages;
        this.events = events;
    }

    /** Sends the person to the provider. */
    void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Interaction interaction = signInPages.interaction(request);
        if (!identifying(context, interaction, request)) {
            signInPages.goOn(request, response, interaction);
            return;
        }
        Connection connection = connection(context, interaction, name(request));
        AuthorizationStart start = upstream.start(
                connection.name().value(),
                connection.settings(),
                URI.create(context.url(callback(connection.name().value()))),
                hints(interaction));
        switch (start) {
            case AuthorizationStart.Redirect(var location, var pending) -> {
                requests.keep(context, interaction, pending);
                AuthorizationAnswers.redirect(request, response, location.toString());
            }
            case AuthorizationStart.Failed(UpstreamFailure failure) ->
                failed(request, response, interaction, connection.name().value(), failure);
        }
    }

    /** The browser comes back from the provider. */
    void callback(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        String name = name(request);
        CallbackParameters parameters = CallbackParameters.of(request.getParameterMap());
        String state = parameters.state();
        String browser = cookies.knownBrowser(request).orElse(null);
        UpstreamRequests.Taken taken = state == null || browser == null
                ? null
                : requests.take(context, state, browser).orElse(null);
        if (taken == null) {
            foreign(request, response, name);
            return;
        }
        Interaction interaction = signInPages.interaction(taken.interaction(), request);
        if (!taken.pending().connection().equals(name)) {
            failed(
                    request,
                    response,
                    interaction,
                    name,
                    new UpstreamFailure(
                            UpstreamFailure.Code.MIX_UP,
                            "The sign-in was started at the connection "
                                    + taken.pending().connection() + " and came back to another"));
            return;
        }
        if (!identifying(context, interaction, request)) {
            signInPages.goOn(request, response, interaction);
            return;
        }
        Connection connection = connection(context, interaction, name);
        UpstreamOutcome outcome = upstream.finish(
                connection.settings(),
                taken.pending(),
                taken.form() == null ? parameters : new CallbackParameters(taken.form()));
        switch (outcome) {
            case UpstreamOutcome.Proven(UpstreamIdentity identity) ->
                proven(request, response, interaction, connection, identity);
            case UpstreamOutcome.Denied(String reason) ->
                refused(
                        request,
                        response,
                        interaction,
                        Refusal.of(connection, "declined at the provider: " + reason),
                        FormError.Kind.CONNECTION_DECLINED);
            case UpstreamOutcome.Failed(UpstreamFailure failure) ->
                failed(request, response, interaction, name, failure);
        }
    }

    /**
     * A provider posts its answer (OAuth 2.0 Form Post Response Mode). Another site's post comes without our cookie: it
     * is kept, and the browser comes again with GET.
     */
    void posted(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        String name = name(request);
        Connection connection = choices.find(context, Optional.empty(), name).orElseThrow(ConnectionPages::unknown);
        if (!connection.settings().answersByFormPost()) {
            throw new ProblemException(
                    Problem.of(405, "method-not-allowed", "Not this method", "This provider answers by a redirect.")
                            .with("allowed", List.of("GET")));
        }
        CallbackParameters parameters = CallbackParameters.of(request.getParameterMap());
        String state = parameters.state();
        Map<String, List<String>> form = new LinkedHashMap<>();
        for (String field : FORM_FIELDS) {
            List<String> values = parameters.values().getOrDefault(field, List.of());
            if (values.stream().anyMatch(value -> value.length() > LONGEST_FIELD)) {
                throw new ProblemException(
                        Problem.of(413, "body-too-large", "Too large", "The field " + field + " is too long."));
            }
            if (!values.isEmpty()) {
                form.put(field, values);
            }
        }
        if (state == null || !requests.keepForm(context, state, form)) {
            foreign(request, response, name);
            return;
        }
        SequencedMap<String, String> query = new LinkedHashMap<>();
        query.put("state", state);
        AuthorizationAnswers.redirect(
                request, response, AuthorizationAnswers.withParameters(context.url(callback(name)), query));
    }

    /** Asks for the proof that an account is the person's. */
    void proof(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Interaction interaction = signInPages.interaction(request);
        UpstreamRequests.Offered offered =
                requests.offered(context, interaction).orElse(null);
        if (offered == null || !identifying(context, interaction, request)) {
            signInPages.goOn(request, response, interaction);
            return;
        }
        proofPage(request, response, HttpServletResponse.SC_OK, interaction, offered, FormErrors.none());
    }

    /** Somebody types the password of the account that an identity is to be linked to. */
    void prove(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Interaction interaction = signInPages.posted(request);
        UpstreamRequests.Offered offered =
                requests.offered(context, interaction).orElse(null);
        if (offered == null || !identifying(context, interaction, request)) {
            signInPages.goOn(request, response, interaction);
            return;
        }
        RealmUser account = accounts.user(context, new UserId(offered.account()));
        String password = request.getParameter(ProofPage.PASSWORD_FIELD);
        RealmPasswords.Outcome outcome = passwords.attempt(
                context.id(),
                account.email() == null ? null : account.email().value(),
                password == null ? null : Secret.of(password),
                context.visit());
        switch (outcome) {
            case RealmPasswords.Outcome.Proven(RealmUser user)
            when user.id().equals(account.id()) -> {
                if (!requests.endOffer(context, interaction)) {
                    throw new SignInPages.InteractionOver();
                }
                accounts.link(context, user.id(), offered.key(), offered.told());
                noteSuccess(
                        context,
                        interaction,
                        "identity.link",
                        user,
                        offered.key().connection());
                signIn(request, response, interaction, user, offered, List.of("pwd"));
            }
            case RealmPasswords.Outcome.Proven other ->
                wrongProof(
                        request,
                        response,
                        interaction,
                        offered,
                        "the address belongs to another account meanwhile",
                        FormError.of(FormError.Kind.WRONG_CREDENTIALS));
            case RealmPasswords.Outcome.Refused(RealmPasswords.Reason reason, var user) ->
                wrongProof(
                        request,
                        response,
                        interaction,
                        offered,
                        "proof of the account: " + SignInPages.reason(reason),
                        FormError.of(FormError.Kind.WRONG_CREDENTIALS));
            case RealmPasswords.Outcome.LockedOut(Duration retryAfter) -> {
                response.setHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
                wrongProof(
                        request,
                        response,
                        interaction,
                        offered,
                        "proof of the account: locked out",
                        SignInPages.tooMany(retryAfter));
            }
        }
    }

    private void proven(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            Connection connection,
            UpstreamIdentity identity)
            throws IOException {
        RealmContext context = RealmContext.current();
        String name = connection.name().value();
        UpstreamRequests.Offered offered = new UpstreamRequests.Offered(
                "",
                connection.offer().label().value(),
                UpstreamAccounts.key(name, identity),
                UpstreamAccounts.told(identity));
        List<String> methods = identity.authentication().methods();
        Refusal refusal = Refusal.of(connection, "")
                .about(identity.email().address().map(EmailAddress::value).orElse(null));
        switch (accounts.decide(context, name, identity)) {
            case Linking.Decision.SignIn<UserId>(UserId id) ->
                signIn(request, response, interaction, accounts.user(context, id), offered, methods);
            case Linking.Decision.LinkAutomatically<UserId>(UserId id) -> {
                RealmUser user = accounts.user(context, id);
                if (mayEnter(request, response, interaction, user, refusal)) {
                    accounts.link(context, id, offered.key(), offered.told());
                    noteSuccess(context, interaction, "identity.link", user, name);
                    signIn(request, response, interaction, user, offered, methods);
                }
            }
            case Linking.Decision.CreateAccount<UserId>(Linking.NewAddress address) -> {
                if (address == Linking.NewAddress.TO_BE_PROVEN) {
                    refused(
                            request,
                            response,
                            interaction,
                            refusal.because("the e-mail address is not verified: " + unverified(identity.email())),
                            FormError.Kind.CONNECTION_EMAIL_UNVERIFIED);
                    return;
                }
                RealmUser user = accounts.create(context, name, identity);
                noteSuccess(context, interaction, "sign-up", user, name);
                signIn(request, response, interaction, user, offered, methods);
            }
            case Linking.Decision.ProveFirst<UserId>(UserId id, var by, var then) -> {
                if (!by.contains(Linking.Proof.PASSWORD)) {
                    refused(
                            request,
                            response,
                            interaction,
                            refusal.because(
                                    then == Linking.OldCredentials.DROPPED
                                            ? "there is an account with the address, whose own address was never verified"
                                            : "there is an account with the address, and no password to prove that it"
                                                    + " is theirs: " + unverified(identity.email())),
                            FormError.Kind.CONNECTION_EMAIL_UNVERIFIED);
                    return;
                }
                requests.offer(
                        context,
                        interaction,
                        new UpstreamRequests.Offered(id.value(), offered.label(), offered.key(), offered.told()));
                events.note(
                        context,
                        RealmEvents.Note.failure(
                                        SIGN_IN,
                                        "the account with the address must be proved first",
                                        id,
                                        SignInPages.clientId(interaction))
                                .withEmail(refusal.email())
                                .through(name));
                AuthorizationAnswers.redirect(
                        request, response, AuthorizationEndpoint.address(context, interaction, ProofPage.PATH));
            }
            case Linking.Decision.Refuse<UserId>(Linking.Reason reason) -> {
                switch (reason) {
                    case SIGN_UP_CLOSED -> {
                        note(context, interaction, refusal.because("no account, and sign-up is not open to them"));
                        pages.error(
                                request,
                                response,
                                HttpServletResponse.SC_FORBIDDEN,
                                ErrorPage.Kind.SIGN_UP_CLOSED,
                                null);
                    }
                    case LINKED_TO_ANOTHER_IDENTITY, LINKED_TO_ANOTHER_ACCOUNT ->
                        refused(
                                request,
                                response,
                                interaction,
                                refusal.because("the account with the address is linked to somebody else there"),
                                FormError.Kind.IDENTITY_TAKEN);
                }
            }
        }
    }

    /** The person's identity is linked to the account: they are signed in, unless they are kept out. */
    private void signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            RealmUser user,
            UpstreamRequests.Offered identity,
            List<String> methods)
            throws IOException {
        RealmContext context = RealmContext.current();
        String name = identity.key().connection();
        Refusal refusal = new Refusal(name, identity.label(), identity.told().email(), "");
        if (mayEnter(request, response, interaction, user, refusal)) {
            accounts.signedIn(context, identity.key(), identity.told());
            signInPages.enter(request, response, interaction, new SignInPages.Proof(user, methods, name, false));
        }
    }

    private boolean mayEnter(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            RealmUser user,
            Refusal refusal)
            throws IOException {
        Optional<AuthorizationRequest> asked = interaction.errand().asked();
        if (user.blocked()) {
            refused(
                    request,
                    response,
                    interaction,
                    refusal.because("the account is blocked"),
                    FormError.Kind.ACCOUNT_BLOCKED);
            return false;
        }
        if (asked.isPresent() && !signIns.isWanted(RealmContext.current(), asked.get(), user.id())) {
            refused(
                    request,
                    response,
                    interaction,
                    refusal.because("another account than the client asked for"),
                    FormError.Kind.OTHER_ACCOUNT_EXPECTED);
            return false;
        }
        return true;
    }

    /**
     * Why somebody is not signed in, for the events.
     *
     * @param label the provider's name for people
     * @param email the address that the provider named
     */
    private record Refusal(
            String connection, String label, @Nullable String email, String reason) {

        static Refusal of(Connection connection, String reason) {
            return new Refusal(
                    connection.name().value(), connection.offer().label().value(), null, reason);
        }

        Refusal about(@Nullable String address) {
            return new Refusal(connection, label, address, reason);
        }

        Refusal because(String why) {
            return new Refusal(connection, label, email, why);
        }
    }

    /** Back to the sign-in page, which says why and offers the other ways. */
    private void refused(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            Refusal refusal,
            FormError.Kind kind)
            throws IOException {
        note(RealmContext.current(), interaction, refusal);
        signInPages.again(request, response, interaction, FormError.of(kind, "connection", refusal.label()));
    }

    /** The protocol failed, and nobody is proven. */
    private void failed(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            String connection,
            UpstreamFailure failure)
            throws IOException {
        String reason = failure.code() + ": " + failure.reason();
        events.note(
                RealmContext.current(),
                RealmEvents.Note.failure(SIGN_IN, reason, null, SignInPages.clientId(interaction))
                        .through(connection));
        int status = switch (failure.code()) {
            case EXPIRED, FOREIGN_STATE, MIX_UP, BAD_CALLBACK -> HttpServletResponse.SC_BAD_REQUEST;
            case NOT_ALLOWED -> HttpServletResponse.SC_FORBIDDEN;
            case BAD_SETTINGS,
                    ADDRESS_REFUSED,
                    UNREACHABLE,
                    TIMED_OUT,
                    BAD_ANSWER,
                    PROVIDER_ERROR,
                    CODE_REFUSED,
                    CLIENT_REFUSED,
                    BAD_SIGNATURE,
                    WRONG_ISSUER,
                    WRONG_AUDIENCE,
                    WRONG_NONCE,
                    STALE_TOKEN,
                    BAD_TOKEN -> HttpServletResponse.SC_BAD_GATEWAY;
        };
        pages.error(request, response, status, ErrorPage.Kind.CONNECTION_FAILED, reason);
    }

    /** An answer came that no sign-in of this browser waits for. */
    private void foreign(HttpServletRequest request, HttpServletResponse response, String name) throws IOException {
        String reason = UpstreamFailure.Code.FOREIGN_STATE
                + ": No sign-in of this browser waits for the answer: its state is used, expired or another's";
        events.note(
                RealmContext.current(),
                RealmEvents.Note.failure(SIGN_IN, reason, null, null).through(name));
        pages.error(request, response, HttpServletResponse.SC_BAD_REQUEST, ErrorPage.Kind.CONNECTION_FAILED, reason);
    }

    private void wrongProof(
            HttpServletRequest request,
            HttpServletResponse response,
            Interaction interaction,
            UpstreamRequests.Offered offered,
            String reason,
            FormError error)
            throws IOException {
        RealmContext context = RealmContext.current();
        events.note(
                context,
                RealmEvents.Note.failure(
                                SIGN_IN, reason, new UserId(offered.account()), SignInPages.clientId(interaction))
                        .through(offered.key().connection()));
        proofPage(request, response, SignInPages.status(error), interaction, offered, FormErrors.of(error));
    }

    private void proofPage(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            Interaction interaction,
            UpstreamRequests.Offered offered,
            FormErrors errors)
            throws IOException {
        RealmUser account = accounts.user(RealmContext.current(), new UserId(offered.account()));
        pages.show(
                request,
                response,
                status,
                interaction,
                new ProofPage(
                        offered.label(),
                        account.email() == null
                                ? account.name()
                                : account.email().value(),
                        true,
                        ProofPage.Code.NOT_OFFERED,
                        errors));
    }

    private void note(RealmContext context, Interaction interaction, Refusal refusal) {
        events.note(
                context,
                RealmEvents.Note.failure(SIGN_IN, refusal.reason(), null, SignInPages.clientId(interaction))
                        .withEmail(refusal.email())
                        .through(refusal.connection()));
    }

    private void noteSuccess(
            RealmContext context, Interaction interaction, String kind, RealmUser user, String connection) {
        events.note(
                context,
                RealmEvents.Note.success(kind, user.id(), SignInPages.clientId(interaction))
                        .through(connection));
    }

    private boolean identifying(RealmContext context, Interaction interaction, HttpServletRequest request) {
        return switch (signIns.next(context, interaction, cookies.session(request))) {
            case Stage.Identify _, Stage.ChooseAccount _ -> true;
            case Stage.Consent _, Stage.Done _ -> false;
        };
    }

    private Connection connection(RealmContext context, Interaction interaction, String name) {
        return choices.find(context, signInPages.client(interaction), name).orElseThrow(ConnectionPages::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.notFound("There is no such way to sign in here."));
    }

    private static AuthorizationHints hints(Interaction interaction) {
        AuthorizationRequest asked = interaction.errand().request();
        if (asked == null) {
            return AuthorizationHints.none();
        }
        return new AuthorizationHints(
                asked.parameter("login_hint").orElse(null),
                asked.prompts().contains("login")
                        ? AuthorizationHints.Prompt.LOGIN
                        : asked.prompts().contains("select_account") ? AuthorizationHints.Prompt.SELECT_ACCOUNT : null,
                asked.maxAge().map(Duration::ofSeconds).orElse(null),
                asked.parameter("ui_locales")
                        .map(locales -> List.of(locales.strip().split(" +")))
                        .orElse(List.of()));
    }

    private static String unverified(UpstreamEmail email) {
        return switch (email) {
            case UpstreamEmail.Authoritative _ -> "the provider vouches for it";
            case UpstreamEmail.Unverified(var _, String reason) -> reason;
            case UpstreamEmail.Missing(String reason) -> reason;
        };
    }

    private static String callback(String name) {
        return CALLBACK.replace("{name}", name);
    }

    private static String name(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(Routes.VARIABLE));
    }
}
