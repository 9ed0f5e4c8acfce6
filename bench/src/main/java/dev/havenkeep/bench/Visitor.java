package dev.havenkeep.bench;

import dev.havenkeep.bench.KeepAlive.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with an empty browser who signs in at a provider, and the client whose code it becomes: a whole flow. */
final class Visitor {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST_STEPS = 12;
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern NUMBERED = Pattern.compile("&#(x?)([0-9a-fA-F]+);");

    private final KeepAlive connection;
    private final OpenIdProvider.Realm realm;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(KeepAlive connection, OpenIdProvider.Realm realm) {
        this.connection = connection;
        this.realm = realm;
    }

    /** Signs in with a password and exchanges the code (with PKCE); answers the tokens. */
    JsonNode signIn(OpenIdProvider.Account account) throws IOException {
        String verifier = random() + random();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", realm.web().id());
        query.put("redirect_uri", OpenIdProvider.REDIRECT);
        query.put("scope", "openid profile email");
        query.put("state", random());
        query.put("nonce", random());
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        String code = code(get(realm.authorize() + "?" + KeepAlive.form(query)), account);
        return tokens(
                connection,
                realm,
                realm.web(),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        OpenIdProvider.REDIRECT,
                        "code_verifier",
                        verifier));
    }

    /** Asks for tokens as a client. */
    static JsonNode tokens(
            KeepAlive connection, OpenIdProvider.Realm realm, OpenIdProvider.Client client, Map<String, String> fields)
            throws IOException {
        Answer answer = connection.post(realm.token(), Map.of("Authorization", client.authorization()), fields);
        if (answer.status() != 200) {
            throw new BenchmarkFailure(realm.token() + " answered " + answer.status() + ": " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    /** Goes on from an answer, by redirects and the one form, until the client is called. */
    private String code(Answer first, OpenIdProvider.Account account) throws IOException {
        Answer answer = first;
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<String> location = answer.header("location");
            if (location.isPresent() && location.get().startsWith(OpenIdProvider.REDIRECT)) {
                return codeOf(location.get());
            }
            answer = location.isPresent() ? get(pathOf(location.get())) : submit(answer, account);
        }
        throw new BenchmarkFailure("Signing in does not end: " + answer);
    }

    private Answer submit(Answer page, OpenIdProvider.Account account) throws IOException {
        Matcher forms = FORM.matcher(page.body());
        while (page.status() == 200 && forms.find()) {
            Map<String, String> fields = new LinkedHashMap<>();
            boolean signsIn = false;
            Matcher inputs = INPUT.matcher(forms.group(2));
            while (inputs.find()) {
                Map<String, String> input = attributes(inputs.group(1));
                String name = input.getOrDefault("name", "");
                String type = input.getOrDefault("type", "text");
                signsIn |= type.equals("password");
                if (type.equals("password")) {
                    fields.put(name, account.password());
                } else if (type.equals("email")
                        || List.of("username", "email", "identifier").contains(name)) {
                    fields.put(name, account.email());
                } else if (type.equals("hidden") && !name.isEmpty()) {
                    fields.put(name, input.getOrDefault("value", ""));
                }
            }
            if (signsIn) {
                String action = attributes(forms.group(1)).getOrDefault("action", "");
                return keepCookies(connection.post(pathOf(action), headers(), fields));
            }
        }
        throw new BenchmarkFailure("No form to sign in with: " + page.status() + " " + page.body());
    }

    private Answer get(String path) throws IOException {
        return keepCookies(connection.get(path, headers()));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "text/html"));
        if (!cookies.isEmpty()) {
            headers.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return headers;
    }

    private Answer keepCookies(Answer answer) {
        for (Map.Entry<String, String> header : answer.headers()) {
            if (header.getKey().equals("set-cookie")) {
                String pair = header.getValue().split(";", 2)[0];
                int equals = pair.indexOf('=');
                String name = pair.substring(0, equals);
                String value = pair.substring(equals + 1);
                if (value.isEmpty() || header.getValue().contains("Max-Age=0")) {
                    cookies.remove(name);
                } else {
                    cookies.put(name, value);
                }
            }
        }
        return answer;
    }

    private static String pathOf(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static String codeOf(String location) {
        return Arrays.stream(URI.create(location).getRawQuery().split("&"))
                .filter(pair -> pair.startsWith("code="))
                .map(pair -> URLDecoder.decode(pair.substring("code=".length()), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow(() -> new BenchmarkFailure("No code came, but " + location));
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(tag);
        while (matcher.find()) {
            attributes.put(matcher.group(1), plain(matcher.group(2)));
        }
        return attributes;
    }

    private static String plain(String text) {
        Function<java.util.regex.MatchResult, String> character = match -> Matcher.quoteReplacement(Character.toString(
                Integer.parseInt(match.group(2), match.group(1).isEmpty() ? 10 : 16)));
        return NUMBERED.matcher(text)
                .replaceAll(character)
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String random() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong())
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** RFC 7636, section 4.2. */
    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
