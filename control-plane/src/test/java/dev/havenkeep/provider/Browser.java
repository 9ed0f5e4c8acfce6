package dev.havenkeep.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as far as a sign-in needs one: it keeps cookies by their path, reads forms, and follows redirects when told to. */
final class Browser {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern FORM =
            Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);

    private record Cookie(String path, String value, String attributes) {}

    private final Map<String, Cookie> cookies = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    /** What came back. */
    record Page(int status, HttpHeaders headers, String body, URI address) {

        Page expect(int expected) {
            assertThat(status).as("%s: %s %s", address, headers.map(), body).isEqualTo(expected);
            return this;
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        String text(String name) {
            assertThat(json().has(name)).as("%s in %s", name, body).isTrue();
            return json().get(name).asString();
        }

        String header(String name) {
            return headers.firstValue(name)
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + headers.map()));
        }

        /** Where it redirects to. */
        URI location() {
            assertThat(status).as(body).isIn(302, 303);
            return address.resolve(header("Location"));
        }

        /** A parameter of the address that it redirects to. */
        String parameter(String name) {
            return parameters(location()).getOrDefault(name, "");
        }

        /** The fields of the form that posts to this path. */
        Map<String, String> form(String path) {
            Matcher forms = FORM.matcher(body);
            while (forms.find()) {
                if (forms.group(1).endsWith(path)) {
                    Map<String, String> fields = new LinkedHashMap<>();
                    Matcher inputs = INPUT.matcher(forms.group(2));
                    while (inputs.find()) {
                        String name = attribute(inputs.group(), "name");
                        if (!name.isEmpty() && attribute(inputs.group(), "type").equals("hidden")) {
                            fields.put(name, attribute(inputs.group(), "value"));
                        }
                    }
                    return fields;
                }
            }
            throw new AssertionError("no form to " + path + " in " + body);
        }

        private static String attribute(String tag, String name) {
            Matcher attribute = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
            return attribute.find() ? attribute.group(1).replace("&amp;", "&").replace("&#34;", "\"") : "";
        }
    }

    /** The same header on each request from now on. */
    Browser with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Page get(String address) {
        return send("GET", address, null, Map.of());
    }

    Page post(String address, Map<String, String> fields) {
        return send("POST", address, encoded(fields), Map.of());
    }

    /** Follows redirects for as long as they stay at this issuer. */
    Page follow(Page page, String issuer) {
        Page at = page;
        for (int hops = 0; hops < 10; hops++) {
            if (at.status() != 302 && at.status() != 303) {
                return at;
            }
            String next = at.location().toString();
            if (!next.startsWith(issuer)) {
                return at;
            }
            at = get(next);
        }
        throw new AssertionError("too many redirects, at last to " + at.location());
    }

    /** The value of a cookie. */
    String cookie(String name) {
        return known(name).value();
    }

    /** What a cookie was set with, for example {@code HttpOnly}. */
    String attributes(String name) {
        return known(name).attributes();
    }

    private Cookie known(String name) {
        Cookie cookie = cookies.get(name);
        if (cookie == null) {
            throw new AssertionError("no cookie " + name + " in " + cookies.keySet());
        }
        return cookie;
    }

    boolean hasCookie(String name) {
        return cookies.containsKey(name);
    }

    List<String> cookieNames() {
        return new ArrayList<>(cookies.keySet());
    }

    /** Takes another browser's cookie for its own. */
    void steal(String name, Browser from) {
        cookies.put(name, from.known(name));
    }

    Page send(String method, String address, @Nullable String form, Map<String, String> more) {
        URI uri = URI.create(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        more.forEach(request::header);
        String sent = cookies.entrySet().stream()
                .filter(cookie -> uri.getPath().equals(cookie.getValue().path())
                        || uri.getPath().startsWith(cookie.getValue().path() + "/")
                        || cookie.getValue().path().equals("/"))
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue().value())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        if (form == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .method(method, HttpRequest.BodyPublishers.ofString(form));
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Page(response.statusCode(), response.headers(), response.body(), uri);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        String[] parts = header.split(";", 2);
        String[] pair = parts[0].split("=", 2);
        String attributes = parts.length < 2 ? "" : parts[1];
        Matcher path = Pattern.compile("(?i)\\bpath=([^;]*)").matcher(attributes);
        if (attributes.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], new Cookie(path.find() ? path.group(1) : "/", pair[1], attributes));
        }
    }

    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static Map<String, String> parameters(URI address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = address.getRawQuery();
        if (query != null) {
            for (String part : query.split("&", -1)) {
                String[] pair = part.split("=", 2);
                parameters.put(
                        URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
