package dev.havenkeep.provider;

import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.RealmSession;
import dev.havenkeep.realms.RealmSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Where a client sends people (RFC 6749 section 3.1). It answers at once when the browser's session is what the request
 * wants, and else begins a sign-in that ends here again.
 */
@Component
class AuthorizationEndpoint {

    private final AuthorizationRequests requests;
    private final PushedRequests pushed;
    private final SignIns signIns;
    private final Interactions interactions;
    private final SessionCookies cookies;
    private final RealmSessions sessions;
    private final Grants grants;
    private final AuthorizationAnswers answers;
    private final AuthEvents events;

    AuthorizationEndpoint(
            AuthorizationRequests requests,
            PushedRequests pushed,
            SignIns signIns,
            Interactions interactions,
            SessionCookies cookies,
            RealmSessions sessions,
            Grants grants,
            AuthorizationAnswers answers,
            AuthEvents events) {
        this.requests = requests;
        this.pushed = pushed;
        this.signIns = signIns;
        this.interactions = interactions;
        this.cookies = cookies;
        this.sessions = sessions;
        this.grants = grants;
        this.answers = answers;
        this.events = events;
    }

    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        authorize(request, response, read(RealmContext.current(), request));
    }

    /**
     * A request that another site's page posts comes without the session's cookie. It is kept, and the browser comes
     * again with GET.
     */
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        AuthorizationRequests.Valid valid = read(context, request);
        String clientId = valid.client().clientId();
        SequencedMap<String, String> again = new LinkedHashMap<>();
        again.put("client_id", clientId);
        again.put("request_uri", pushed.keep(context, clientId, request.getParameterMap(), false));
        AuthorizationAnswers.redirect(
                request,
                response,
                AuthorizationAnswers.withParameters(
                        context.url(context.getAuthorizationServerSettings().getAuthorizationEndpoint()), again));
    }

    /** Gives the client what it asked for: everything that stood between is done. */
    void finish(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthorizationRequest asked,
            Client client,
            RealmSession session)
            throws IOException {
        RealmContext context = RealmContext.current();
        SignedIn.Facts facts = new SignedIn.Facts(
                session.user().value(),
                session.id(),
                session.authenticatedAt(),
                session.authentication().acr(),
                session.authentication().amr(),
                session.impersonator());
        String code = grants.begin(context, client.id(), asked, facts);
        sessions.join(context.id(), session.id(), client.id());
        events.success(context, "authorization", session.user(), client.clientId());
        answers.code(request, response, asked, code);
    }

    private void authorize(HttpServletRequest request, HttpServletResponse response, AuthorizationRequests.Valid valid)
            throws IOException {
        RealmContext context = RealmContext.current();
        AuthorizationRequest asked = valid.request();
        Optional<RealmSession> session = cookies.session(request);
        SignIns.Missing missing = signIns.missing(context, asked, valid.client(), session);
        if (missing == SignIns.Missing.NOTHING) {
            finish(request, response, asked, valid.client(), session.orElseThrow());
            return;
        }
        if (asked.prompts().contains("none")) {
            throw missing.refusal(asked);
        }
        Interaction.Progress progress = missing == SignIns.Missing.CONSENT
                ? Interaction.Progress.NONE.settled(session.orElseThrow().id())
                : Interaction.Progress.NONE;
        Interaction begun = interactions.begin(context, cookies.browser(request, response), Errand.of(asked), progress);
        Stage stage = signIns.next(context, begun, session);
        AuthorizationAnswers.redirect(request, response, address(context, begun, SignInPages.path(stage)));
    }

    private AuthorizationRequests.Valid read(RealmContext context, HttpServletRequest request) {
        Map<String, String[]> parameters = request.getParameterMap();
        String requestUri = request.getParameter("request_uri");
        String clientId = request.getParameter("client_id");
        if (requestUri == null || clientId == null || !PushedRequests.isOurs(requestUri)) {
            return requests.read(parameters, false);
        }
        PushedRequests.Pushed taken = pushed.take(context, clientId, requestUri)
                .orElseThrow(() -> new AuthorizationRefused(
                        "invalid_request_uri", "The request_uri is unknown, used or has expired", null));
        Map<String, String[]> all = new HashMap<>(taken.parameters());
        all.keySet().removeAll(Set.of("request_uri"));
        all.put("client_id", new String[] {clientId});
        return requests.read(all, taken.byClient());
    }

    /** The address of a page of a sign-in under way. */
    static String address(RealmContext context, Interaction interaction, String path) {
        SequencedMap<String, String> query = new LinkedHashMap<>();
        query.put(RealmPages.INTERACTION, interaction.id());
        return AuthorizationAnswers.withParameters(context.url(path), query);
    }
}
