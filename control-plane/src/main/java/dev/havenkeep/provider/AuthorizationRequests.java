package dev.havenkeep.provider;

import dev.havenkeep.realms.Client;
import dev.havenkeep.realms.ClientSettings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads authorization requests and says precisely what is wrong with one (RFC 6749 section 4.1.1, RFC 7636, RFC 9700,
 * OpenID Connect Core 1.0 section 3.1.2.1). Until client and redirect URI are known to belong together nothing is sent
 * anywhere.
 */
@Component
class AuthorizationRequests {

    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");
    /** RFC 7636 section 4.2: the hash of 32 bytes, and what else has the form. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43,128}");

    private static final Pattern AGE = Pattern.compile("[0-9]{1,9}");
    private static final int LONGEST_VALUE = 4_000;
    private static final int MOST_PARAMETERS = 50;
    private static final Set<String> OWN_MEMBERS =
            Set.of("client_id", "redirect_uri", "state", "scope", "response_type");

    private final RegisteredClients clients;
    private final UserClaims claims;

    AuthorizationRequests(RegisteredClients clients, UserClaims claims) {
        this.clients = clients;
        this.claims = claims;
    }

    /** A valid request and whose it is. */
    record Valid(AuthorizationRequest request, Client client) {}

    /**
     * The request that these parameters are.
     *
     * @param pushed whether the client itself pushed them (RFC 9126)
     */
    Valid read(Map<String, String[]> parameters, boolean pushed) {
        String clientId = single(parameters, "client_id", null);
        if (clientId == null) {
            throw refused("invalid_request", "client_id is missing", null);
        }
        Client client = clients.client(clientId)
                .orElseThrow(() -> refused("invalid_request", "There is no client with this client_id", null));
        ClientSettings settings = client.settings();
        String given = single(parameters, "redirect_uri", null);
        String redirectUri = redirectUri(settings, given);
        String state = first(parameters, "state");
        String mode = first(parameters, "response_mode");
        AuthorizationRefused.Answer answer = new AuthorizationRefused.Answer(
                redirectUri,
                many(parameters, "state") ? null : state,
                "form_post".equals(mode) && redirectUri.startsWith("http"));

        parameters.forEach((name, values) -> {
            if (values.length > 1 && !name.equals("resource")) {
                throw refused("invalid_request", name + " is there more than once", answer);
            }
        });
        checkSizes(parameters, answer);
        checkForm(parameters, settings, pushed, answer);
        Set<String> scopes = scopes(settings, first(parameters, "scope"), answer);
        checkChallenge(parameters, settings, answer);
        checkOpenId(parameters, answer);

        Map<String, String> others = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            if (!OWN_MEMBERS.contains(name) && values.length > 0) {
                others.put(name, values[0]);
            }
        });
        return new Valid(new AuthorizationRequest(clientId, redirectUri, given != null, state, scopes, others), client);
    }

    private static String redirectUri(ClientSettings settings, @Nullable String given) {
        List<String> own = settings.addresses().redirect();
        if (given == null) {
            if (own.size() != 1) {
                throw refused("invalid_request", "redirect_uri is missing", null);
            }
            return own.getFirst();
        }
        if (!RedirectUris.allowed(own, given)) {
            throw refused("invalid_request", "redirect_uri is not one of the client's", null);
        }
        return given;
    }

    private static void checkSizes(Map<String, String[]> parameters, AuthorizationRefused.Answer answer) {
        if (parameters.size() > MOST_PARAMETERS) {
            throw refused("invalid_request", "There are too many parameters", answer);
        }
        parameters.forEach((name, values) -> {
            if (values.length > 0 && values[0].length() > LONGEST_VALUE) {
                throw refused("invalid_request", name + " is too long", answer);
            }
        });
    }

    private static void checkForm(
            Map<String, String[]> parameters,
            ClientSettings settings,
            boolean pushed,
            AuthorizationRefused.Answer answer) {
        if (!settings.flows().grants().contains(ClientSettings.GrantKind.AUTHORIZATION_CODE)) {
            throw refused("unauthorized_client", "The client may not use the authorization code flow", answer);
        }
        if (settings.flows().pushed() && !pushed) {
            throw refused("invalid_request", "The client must push its authorization requests", answer);
        }
        if (first(parameters, "request") != null) {
            throw refused("request_not_supported", "Request objects are not taken; push the request", answer);
        }
        if (first(parameters, "request_uri") != null) {
            throw refused("request_uri_not_supported", "Only a request_uri that was pushed here is taken", answer);
        }
        String type = first(parameters, "response_type");
        if (type == null) {
            throw refused("invalid_request", "response_type is missing", answer);
        }
        if (!type.equals("code")) {
            throw refused("unsupported_response_type", "The only response_type is code", answer);
        }
        String mode = first(parameters, "response_mode");
        if (mode != null && !mode.equals("query") && !mode.equals("form_post")) {
            throw refused("invalid_request", "response_mode must be query or form_post", answer);
        }
        if ("form_post".equals(mode) && !answer.formPost()) {
            throw refused("invalid_request", "A form can be posted to an http or https address only", answer);
        }
    }

    private static Set<String> scopes(
            ClientSettings settings, @Nullable String text, AuthorizationRefused.Answer answer) {
        if (text == null || text.isBlank()) {
            return Set.of();
        }
        Set<String> scopes = new LinkedHashSet<>(List.of(text.strip().split(" +")));
        Set<String> allowed = RegisteredClients.scopes(settings);
        for (String scope : scopes) {
            if (!allowed.contains(scope)) {
                throw refused("invalid_scope", "The client may not ask for the scope " + shown(scope), answer);
            }
        }
        return scopes;
    }

    private static void checkChallenge(
            Map<String, String[]> parameters, ClientSettings settings, AuthorizationRefused.Answer answer) {
        String challenge = first(parameters, "code_challenge");
        String method = first(parameters, "code_challenge_method");
        if (challenge == null) {
            if (settings.requiresPkce()) {
                throw refused("invalid_request", "code_challenge is missing: the client must use PKCE", answer);
            }
            if (method != null) {
                throw refused("invalid_request", "code_challenge_method without code_challenge", answer);
            }
            return;
        }
        if (!"S256".equals(method)) {
            throw refused("invalid_request", "code_challenge_method must be S256", answer);
        }
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw refused("invalid_request", "code_challenge is not the base64url form of a SHA-256 hash", answer);
        }
    }

    private void checkOpenId(Map<String, String[]> parameters, AuthorizationRefused.Answer answer) {
        String prompt = first(parameters, "prompt");
        if (prompt != null && !prompt.isBlank()) {
            Set<String> prompts = Set.of(prompt.strip().split(" +"));
            if (!PROMPTS.containsAll(prompts)) {
                throw refused("invalid_request", "prompt must be of none, login, consent, select_account", answer);
            }
            if (prompts.contains("none") && prompts.size() > 1) {
                throw refused("invalid_request", "prompt none stands alone", answer);
            }
        }
        String age = first(parameters, "max_age");
        if (age != null && !AGE.matcher(age).matches()) {
            throw refused("invalid_request", "max_age must be a number of seconds", answer);
        }
        String named = first(parameters, "claims");
        if (named != null && claims.parse(named) == null) {
            throw refused("invalid_request", "claims must be a JSON object", answer);
        }
    }

    private static @Nullable String first(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 || values[0].isEmpty() ? null : values[0];
    }

    private static boolean many(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        return values != null && values.length > 1;
    }

    private static @Nullable String single(
            Map<String, String[]> parameters, String name, AuthorizationRefused.@Nullable Answer answer) {
        if (many(parameters, name)) {
            throw refused("invalid_request", name + " is there more than once", answer);
        }
        return first(parameters, name);
    }

    private static String shown(String scope) {
        return OAuthErrors.printable(scope.length() > 100 ? scope.substring(0, 100) : scope);
    }

    private static AuthorizationRefused refused(
            String error, String reason, AuthorizationRefused.@Nullable Answer answer) {
        return new AuthorizationRefused(error, reason, answer);
    }
}
