package dev.havenkeep.provider;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * Sends the answer to an authorization request back to its client: as a redirect, or as a form that posts itself (OAuth
 * 2.0 Form Post Response Mode). Every answer says whose it is (RFC 9207).
 */
@Component
class AuthorizationAnswers {

    private final RealmPages pages;

    AuthorizationAnswers(RealmPages pages) {
        this.pages = pages;
    }

    void code(HttpServletRequest request, HttpServletResponse response, AuthorizationRequest asked, String code)
            throws IOException {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", code);
        send(request, response, AuthorizationRefused.Answer.to(asked), parameters);
    }

    void refusal(HttpServletRequest request, HttpServletResponse response, AuthorizationRefused refused)
            throws IOException {
        AuthorizationRefused.Answer answer = refused.answer();
        if (answer == null) {
            throw new IllegalArgumentException("A refusal that can be sent nowhere");
        }
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", refused.error());
        parameters.put("error_description", OAuthErrors.printable(refused.reason()));
        send(request, response, answer, parameters);
    }

    private void send(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthorizationRefused.Answer answer,
            SequencedMap<String, String> parameters)
            throws IOException {
        put(parameters, "state", answer.state());
        put(parameters, "iss", RealmContext.current().issuer());
        if (answer.formPost()) {
            pages.formPost(request, response, answer.redirectUri(), parameters);
        } else {
            redirect(request, response, withParameters(answer.redirectUri(), parameters));
        }
    }

    /** A redirect after which the browser asks with GET, whatever it asked with before. */
    static void redirect(HttpServletRequest request, HttpServletResponse response, String address) {
        response.setStatus(
                request.getMethod().equals("POST") ? HttpServletResponse.SC_SEE_OTHER : HttpServletResponse.SC_FOUND);
        response.setHeader("Location", address);
        response.setHeader("Cache-Control", "no-store");
    }

    static String withParameters(String address, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + UriUtils.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        if (query.isEmpty()) {
            return address;
        }
        return address + (address.indexOf('?') < 0 ? "?" : address.endsWith("?") ? "" : "&") + query;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
