package dev.havenkeep.testing.upstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * GitHub: errors of the token endpoint with status 200, a form unless JSON is asked for, no API without a User-Agent,
 * and a list of addresses in pages.
 */
public final class FakeGitHub extends FakeProvider {

    private final String clientId;
    private final String clientSecret;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private Map<String, Object> user = Map.of("id", 583231, "login", "octocat");
    private List<Map<String, Object>> emails = List.of();
    private @Nullable String grantedScope;
    private @Nullable String issuerInAnswers;

    private FakeGitHub(String clientId, String clientSecret) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /** GitHub with one OAuth app. */
    public static FakeGitHub open(String clientId, String clientSecret) {
        return new FakeGitHub(clientId, clientSecret);
    }

    /** Where its API is. */
    public String api() {
        return base() + "/api";
    }

    /** Who signs in from now on. */
    public void user(Map<String, Object> profile) {
        user = profile;
    }

    /** The user's addresses: {@code email}, {@code primary}, {@code verified}, {@code visibility}. */
    public void emails(List<Map<String, Object>> addresses) {
        emails = List.copyOf(addresses);
    }

    /** An entry of the list of addresses. */
    public static Map<String, Object> email(String address, boolean primary, boolean verified) {
        return Map.of("email", address, "primary", primary, "verified", verified);
    }

    /** Has users grant less than what is asked for. */
    public void grant(String scope) {
        grantedScope = scope;
    }

    /** Whom answers to the browser say that they are from (RFC 9207); usually nobody. */
    public void nameInAnswers(@Nullable String issuer) {
        issuerInAnswers = issuer;
    }

    @Override
    Reply answer(Asked request) {
        return switch (request.path()) {
            case "/login/oauth/authorize" -> authorize(request);
            case "/login/oauth/access_token" -> token(request);
            case "/api/user" -> authorized(request, "read:user") ? Reply.json(user) : refused(request);
            case "/api/user/emails" -> authorized(request, "user:email") ? page(request) : refused(request);
            default -> Reply.json(404, Map.of("message", "Not Found"));
        };
    }

    private Reply authorize(Asked request) {
        Map<String, String> asked = request.parameters();
        if (!clientId.equals(asked.get("client_id")) || asked.get("redirect_uri") == null) {
            return Reply.text(404, "no such application");
        }
        String code = random();
        codes.put(code, request);
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("state", asked.get("state"));
        answer.put("iss", issuerInAnswers);
        return Reply.redirect(with(String.valueOf(asked.get("redirect_uri")), answer));
    }

    private Reply token(Asked request) {
        Map<String, String> asked = request.parameters();
        if (!clientId.equals(asked.get("client_id")) || !clientSecret.equals(asked.get("client_secret"))) {
            return error("incorrect_client_credentials", "The client_id and/or client_secret passed are incorrect.");
        }
        Asked granted = codes.remove(asked.getOrDefault("code", ""));
        if (granted == null) {
            return error("bad_verification_code", "The code passed is incorrect or expired.");
        }
        String challenge = granted.parameters().get("code_challenge");
        if (challenge != null
                && !challenge.equals(FakeOidcProvider.hash(asked.getOrDefault("code_verifier", ""), 32))) {
            return error("bad_verification_code", "The code verifier does not match.");
        }
        String token = "gho_" + random();
        String scope = grantedScope == null ? granted.parameters().getOrDefault("scope", "") : grantedScope;
        tokens.put(token, scope);
        if (!"application/json".equals(request.headers().get("accept"))) {
            return Reply.text(200, "access_token=" + token + "&scope=" + scope + "&token_type=bearer");
        }
        return Reply.json(Map.of("access_token", token, "scope", scope.replace(' ', ','), "token_type", "bearer"));
    }

    private boolean authorized(Asked request, String scope) {
        String token = request.headers().getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
        String granted = tokens.get(token);
        return granted != null
                && request.headers().get("user-agent") != null
                && List.of(granted.split(" ")).contains(scope);
    }

    private static Reply refused(Asked request) {
        return request.headers().get("user-agent") == null
                ? Reply.text(403, "Request forbidden by administrative rules: no User-Agent")
                : Reply.json(404, Map.of("message", "Not Found"));
    }

    private Reply page(Asked request) {
        int size = Math.min(100, Integer.parseInt(request.parameters().getOrDefault("per_page", "30")));
        int page = Integer.parseInt(request.parameters().getOrDefault("page", "1"));
        int from = Math.min(emails.size(), (page - 1) * size);
        int to = Math.min(emails.size(), from + size);
        Reply reply = Reply.json(emails.subList(from, to));
        if (to == emails.size()) {
            return reply;
        }
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add("<" + api() + "/user/emails?per_page=" + size + "&page=" + (page - 1) + ">; rel=\"prev\"");
        }
        links.add("<" + api() + "/user/emails?per_page=" + size + "&page=" + (page + 1) + ">; rel=\"next\"");
        links.add("<" + api() + "/user/emails?per_page=" + size + "&page=" + (emails.size() + size - 1) / size
                + ">; rel=\"last\"");
        Map<String, String> headers = new LinkedHashMap<>(reply.headers());
        headers.put("Link", String.join(", ", links));
        return new Reply(200, headers, reply.body());
    }

    private static Reply error(String error, String description) {
        return Reply.json(Map.of("error", error, "error_description", description));
    }
}
