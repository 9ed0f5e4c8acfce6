package dev.havenkeep.provider;

import dev.havenkeep.pages.FormContext;
import dev.havenkeep.pages.view.ConsentPage;
import dev.havenkeep.pages.view.DeviceCodePage;
import dev.havenkeep.pages.view.DeviceConfirmPage;
import dev.havenkeep.pages.view.DeviceDonePage;
import dev.havenkeep.pages.view.FormError;
import dev.havenkeep.pages.view.FormErrors;
import dev.havenkeep.pages.view.RequestedScope;
import dev.havenkeep.pages.view.SignInPage;
import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import dev.havenkeep.realms.RealmLockOut;
import dev.havenkeep.realms.RealmSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.stereotype.Component;

/** Where a device begins (RFC 8628 section 3.1), and the pages on which somebody lets it in (section 3.3). */
@Component
class DevicePages {

    private static final String KIND = "device";

    private final DeviceCodes devices;
    private final RegisteredClients clients;
    private final RealmLockOut lockOut;
    private final SignIns signIns;
    private final Interactions interactions;
    private final SessionCookies cookies;
    private final RealmPages pages;
    private final OAuthErrors answers;
    private final AuthEvents events;

    DevicePages(
            DeviceCodes devices,
            RegisteredClients clients,
            RealmLockOut lockOut,
            SignIns signIns,
            Interactions interactions,
            SessionCookies cookies,
            RealmPages pages,
            OAuthErrors answers,
            AuthEvents events) {
        this.devices = devices;
        this.clients = clients;
        this.lockOut = lockOut;
        this.signIns = signIns;
        this.interactions = interactions;
        this.cookies = cookies;
        this.pages = pages;
        this.answers = answers;
        this.events = events;
    }

    /** A device asks for its codes. */
    void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        Client client = SecurityContextHolder.getContext().getAuthentication()
                                instanceof OAuth2ClientAuthenticationToken token
                        && token.getRegisteredClient() != null
                ? clients.client(token.getRegisteredClient().getClientId()).orElseThrow()
                : null;
        if (client == null || !client.settings().flows().grants().contains(ClientSettings.GrantKind.DEVICE_CODE)) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, "The client is not a device");
        }
        String asked = request.getParameter("scope");
        Set<String> scopes = asked == null || asked.isBlank()
                ? Set.of()
                : new HashSet<>(List.of(asked.strip().split(" +")));
        if (!RegisteredClients.scopes(client.settings()).containsAll(scopes)) {
            throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_SCOPE, "The client may not ask for all of these scopes");
        }
        DeviceCodes.Begun begun = devices.begin(context, client, scopes);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("device_code", begun.deviceCode());
        body.put("user_code", begun.userCode());
        body.put("verification_uri", context.url(DeviceCodePage.PATH));
        body.put("verification_uri_complete", context.url(path(begun.userCode())));
        body.put("expires_in", DeviceCodes.LIFETIME.toSeconds());
        body.put("interval", DeviceCodes.INTERVAL.toSeconds());
        answers.body(response, body);
    }

    /** Somebody comes to type a code, or by a link that has it. */
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String code = code(request);
        if (cookies.session(request).isEmpty()) {
            RealmContext context = RealmContext.current();
            Interaction begun = interactions.begin(
                    context, cookies.browser(request, response), Errand.to(path(code)), Interaction.Progress.NONE);
            AuthorizationAnswers.redirect(
                    request, response, AuthorizationEndpoint.address(context, begun, SignInPage.PATH));
            return;
        }
        pages.show(request, response, new LinkedHashMap<>(), new DeviceCodePage(code, FormErrors.none()));
    }

    /** Somebody has typed a code: they are asked whether it is their device's (section 5.4). */
    void typed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        RealmSession session = posted(request);
        String code = code(request);
        RealmLockOut.Answer answer = lockOut.attempt(
                context.id(), "device|" + session.user(), context.visit().network());
        if (answer instanceof RealmLockOut.Answer.Locked(var retryAfter)) {
            events.failure(context, KIND, "locked out", session.user(), null);
            long minutes = Math.max(1, (retryAfter.toSeconds() + 59) / 60);
            again(
                    request,
                    response,
                    code,
                    FormError.of(FormError.Kind.TOO_MANY_ATTEMPTS, "minutes", Long.toString(minutes)));
            return;
        }
        DeviceCodes.Waiting waiting = devices.waiting(context, code).orElse(null);
        Optional<Client> client = waiting == null ? Optional.empty() : devices.client(waiting);
        if (waiting == null || client.isEmpty()) {
            events.failure(context, KIND, "no device shows this code", session.user(), null);
            again(request, response, code, FormError.in(DeviceCodePage.CODE_FIELD, FormError.Kind.CODE_WRONG));
            return;
        }
        if (answer instanceof RealmLockOut.Answer.Counted counted) {
            lockOut.forgive(counted);
        }
        pages.show(
                request,
                response,
                new LinkedHashMap<>(),
                new DeviceConfirmPage(
                        RealmPages.summary(client.get()),
                        RealmPages.summary(signIns.user(context, session)),
                        code,
                        waiting.scopes().stream()
                                .sorted()
                                .map(name -> new RequestedScope(name, null))
                                .toList()));
    }

    /** Somebody lets the device in, or does not. */
    void decide(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RealmContext context = RealmContext.current();
        RealmSession session = posted(request);
        String code = code(request);
        DeviceCodes.Waiting waiting = devices.waiting(context, code).orElse(null);
        Client client = waiting == null ? null : devices.client(waiting).orElse(null);
        boolean allowed = ConsentPage.ALLOW.equals(request.getParameter(DeviceConfirmPage.DECISION_FIELD));
        if (client == null || !devices.decide(context, code, allowed ? facts(session) : null)) {
            again(request, response, code, FormError.in(DeviceCodePage.CODE_FIELD, FormError.Kind.CODE_EXPIRED));
            return;
        }
        if (!allowed) {
            events.failure(context, KIND, "refused by the person", session.user(), client.clientId());
        }
        pages.show(request, response, new LinkedHashMap<>(), new DeviceDonePage(RealmPages.summary(client), allowed));
    }

    private void again(HttpServletRequest request, HttpServletResponse response, String code, FormError error)
            throws IOException {
        int status = error.kind() == FormError.Kind.TOO_MANY_ATTEMPTS ? 429 : 422;
        pages.show(request, response, status, null, new DeviceCodePage(code, FormErrors.of(error)));
    }

    private static SignedIn.Facts facts(RealmSession session) {
        return new SignedIn.Facts(
                session.user().value(),
                session.id(),
                session.authenticatedAt(),
                session.authentication().acr(),
                session.authentication().amr(),
                session.impersonator());
    }

    /** The session of whoever posted a form of this browser's own. */
    private RealmSession posted(HttpServletRequest request) {
        String browser = cookies.knownBrowser(request).orElseThrow(SignInPages.InteractionOver::new);
        String token = request.getParameter(FormContext.CSRF_FIELD);
        if (token == null || !Interactions.equal(token, SessionCookies.csrfToken(browser))) {
            throw new SignInPages.InteractionOver();
        }
        return cookies.session(request).orElseThrow(SignInPages.InteractionOver::new);
    }

    /** The letters that somebody typed; anything else would be no code anyway. */
    private static String code(HttpServletRequest request) {
        String typed = request.getParameter(DeviceCodePage.CODE_FIELD);
        String letters = typed == null ? "" : typed.replaceAll("[^A-Za-z-]", "");
        return letters.length() > 20 ? letters.substring(0, 20) : letters;
    }

    private static String path(String code) {
        return code.isEmpty()
                ? DeviceCodePage.PATH
                : DeviceCodePage.PATH + "?" + DeviceCodePage.CODE_FIELD + "=" + code;
    }
}
