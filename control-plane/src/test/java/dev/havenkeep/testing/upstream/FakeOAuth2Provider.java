package dev.havenkeep.testing.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A provider of OAuth 2.0 without OpenID Connect, which tells at {@code /api/me} who the bearer of a token is. */
public final class FakeOAuth2Provider extends FakeProvider {

    private final String clientId;
    private final String clientSecret;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private Map<String, Object> user = Map.of("id", 1);

    private FakeOAuth2Provider(String clientId, String clientSecret) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /** A provider with one client, which authenticates by HTTP Basic. */
    public static FakeOAuth2Provider open(String clientId, String clientSecret) {
        return new FakeOAuth2Provider(clientId, clientSecret);
    }

    /** Who signs in from now on: what {@code /api/me} answers. */
    public void user(Map<String, Object> information) {
        user = Map.copyOf(information);
    }

    @Override
    Reply answer(Asked request) {
        return switch (request.path()) {
            case "/authorize" -> authorize(request);
            case "/token" -> token(request);
            case "/api/me" ->
                tokens.contains(request.headers()
                                .getOrDefault("authorization", "")
                                .replaceFirst("^Bearer ", ""))
                        ? Reply.json(user)
                        : Reply.json(401, Map.of("error", "invalid_token"));
            default -> Reply.text(404, "no such page");
        };
    }

    private Reply authorize(Asked request) {
        Map<String, String> asked = request.parameters();
        if (!clientId.equals(asked.get("client_id")) || !"code".equals(asked.get("response_type"))) {
            return Reply.text(400, "unknown client or response type");
        }
        String code = random();
        codes.put(code, request);
        Map<String, @Nullable String> answer = new LinkedHashMap<>();
        answer.put("code", code);
        answer.put("state", asked.get("state"));
        return Reply.redirect(with(String.valueOf(asked.get("redirect_uri")), answer));
    }

    private Reply token(Asked request) {
        String pair =
                Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + pair).equals(request.headers().get("authorization"))) {
            return Reply.json(401, Map.of("error", "invalid_client"));
        }
        Asked granted = codes.remove(request.parameters().getOrDefault("code", ""));
        if (granted == null
                || !FakeOidcProvider.hash(request.parameters().getOrDefault("code_verifier", ""), 32)
                        .equals(granted.parameters().get("code_challenge"))) {
            return Reply.json(400, Map.of("error", "invalid_grant"));
        }
        String token = random();
        tokens.add(token);
        return Reply.json(Map.of("access_token", token, "token_type", "bearer"));
    }
}
