package dev.havenkeep.provider;

import dev.havenkeep.pages.FormContext;
import dev.havenkeep.pages.view.ConfirmSignOutPage;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.SignedOutPage;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.RealmSession;
import dev.havenkeep.realms.RealmSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a client sends people to sign out (OpenID Connect RP-Initiated Logout 1.0). A client that shows whose session it
 * means is believed; otherwise the person is asked, so that no page can sign them out behind their back.
 */
@Component
class LogoutEndpoint {

    private static final String CLIENT = "client_id";
    private static final String NEXT = "post_logout_redirect_uri";
    private static final String STATE = "state";

    private final RegisteredClients clients;
    private final IdTokenHints hints;
    private final SignIns signIns;
    private final RealmSessions sessions;
    private final SessionCookies cookies;
    private final RealmPages pages;
    private final AuthEvents events;

    LogoutEndpoint(
            RegisteredClients clients,
            IdTokenHints hints,
            SignIns signIns,
            RealmSessions sessions,
            SessionCookies cookies,
            RealmPages pages,
            AuthEvents events) {
        this.clients = clients;
        this.hints = hints;
        this.signIns = signIns;
        this.sessions = sessions;
        this.cookies = cookies;
        this.pages = pages;
        this.events = events;
    }

    /** Where to go afterwards, and on whose behalf. */
    private record Request(
            @Nullable Client client,
            IdTokenHints.@Nullable Hint hint,
            @Nullable String next,
            @Nullable String state) {}

    /** A request that is not as it should be; the person is told. */
    private static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    void logout(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Request asked;
        try {
            asked = read(request);
        } catch (Refused e) {
            pages.error(request, response, 400, ErrorPage.Kind.APPLICATION_AT_FAULT, e.getMessage());
            return;
        }
        Optional<RealmSession> session = cookies.session(request);
        if (session.isPresent() && !means(asked.hint(), session.get())) {
            SequencedMap<String, String> carried = new LinkedHashMap<>();
            if (asked.client() != null) {
                carried.put(CLIENT, asked.client().clientId());
            }
            if (asked.next() != null) {
                carried.put(NEXT, asked.next());
            }
            if (asked.state() != null) {
                carried.put(STATE, asked.state());
            }
            pages.show(
                    request,
                    response,
                    carried,
                    new ConfirmSignOutPage(
                            RealmPages.summary(signIns.user(RealmContext.current(), session.get())),
                            asked.client() == null ? null : RealmPages.summary(asked.client())));
            return;
        }
        signOut(request, response, asked, session);
    }

    /** The person has decided. */
    void decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<RealmSession> session = cookies.session(request);
        String browser = cookies.knownBrowser(request).orElseThrow(SignInPages.InteractionOver::new);
        String token = request.getParameter(FormContext.CSRF_FIELD);
        if (token == null || !Interactions.equal(token, SessionCookies.csrfToken(browser))) {
            throw new SignInPages.InteractionOver();
        }
        Request asked;
        try {
            asked = read(request);
        } catch (Refused e) {
            pages.error(request, response, 400, ErrorPage.Kind.APPLICATION_AT_FAULT, e.getMessage());
            return;
        }
        if (!ConfirmSignOutPage.SIGN_OUT.equals(request.getParameter(ConfirmSignOutPage.DECISION_FIELD))) {
            AuthorizationAnswers.redirect(
                    request, response, RealmContext.current().url("/account"));
            return;
        }
        signOut(request, response, asked, session);
    }

    private void signOut(
            HttpServletRequest request, HttpServletResponse response, Request asked, Optional<RealmSession> session)
            throws IOException {
        RealmContext context = RealmContext.current();
        String clientId = asked.client() == null ? null : asked.client().clientId();
        if (session.isPresent()) {
            sessions.end(context.id(), session.get().id());
            cookies.forget(request, response);
            events.success(context, "sign-out", session.get().user(), clientId);
        }
        if (asked.next() != null) {
            SequencedMap<String, String> parameters = new LinkedHashMap<>();
            if (asked.state() != null) {
                parameters.put(STATE, asked.state());
            }
            AuthorizationAnswers.redirect(
                    request, response, AuthorizationAnswers.withParameters(asked.next(), parameters));
            return;
        }
        pages.show(
                request,
                response,
                new LinkedHashMap<>(),
                new SignedOutPage(asked.client() == null ? null : RealmPages.summary(asked.client())));
    }

    private Request read(HttpServletRequest request) {
        request.getParameterMap().forEach((name, values) -> {
            if (values.length > 1) {
                throw new Refused(name + " is there more than once");
            }
        });
        String token = request.getParameter("id_token_hint");
        IdTokenHints.Hint hint = token == null
                ? null
                : hints.read(RealmContext.current(), token)
                        .orElseThrow(() -> new Refused("id_token_hint is not an ID token of this issuer"));
        String named = request.getParameter(CLIENT);
        if (hint != null && named != null && !named.equals(hint.clientId())) {
            throw new Refused("client_id is not the client of the id_token_hint");
        }
        String clientId = hint != null ? hint.clientId() : named;
        Client client = clientId == null ? null : clients.client(clientId).orElse(null);
        if (clientId != null && client == null) {
            throw new Refused("There is no client with this client_id");
        }
        String next = request.getParameter(NEXT);
        if (next != null) {
            if (client == null) {
                throw new Refused("post_logout_redirect_uri without client_id or id_token_hint");
            }
            if (!RedirectUris.allowed(client.settings().addresses().afterLogout(), next)) {
                throw new Refused("post_logout_redirect_uri is not one of the client's");
            }
        }
        return new Request(client, hint, next, request.getParameter(STATE));
    }

    private static boolean means(IdTokenHints.@Nullable Hint hint, RealmSession session) {
        return hint != null
                && hint.subject().equals(session.user().value())
                && (hint.session() == null || hint.session().equals(session.id()));
    }
}
