package dev.havenkeep.provider;

import dev.havenkeep.kernel.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Writes answers of the endpoints that programs call, and their errors (RFC 6749 section 5.2) with what was wrong. */
@Component
class OAuthErrors implements AuthenticationFailureHandler {

    private final Json json;

    OAuthErrors(Json json) {
        this.json = json;
    }

    /** A failure with its code and precise reason. */
    static OAuth2AuthenticationException failure(String code, String reason) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, reason, null));
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        OAuth2Error error = exception instanceof OAuth2AuthenticationException refused
                ? refused.getError()
                : new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR);
        if (OAuth2ErrorCodes.INVALID_CLIENT.equals(error.getErrorCode())) {
            response.setHeader(
                    "WWW-Authenticate",
                    "Basic realm=\"" + RealmContext.current().realm().name() + "\"");
            write(response, HttpServletResponse.SC_UNAUTHORIZED, error.getErrorCode(), error.getDescription());
        } else if (OAuth2ErrorCodes.SERVER_ERROR.equals(error.getErrorCode())) {
            write(response, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, error.getErrorCode(), error.getDescription());
        } else {
            write(response, HttpServletResponse.SC_BAD_REQUEST, error.getErrorCode(), error.getDescription());
        }
    }

    /** Answers with an error. */
    void write(HttpServletResponse response, int status, String code, @Nullable String reason) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("error", code);
        if (reason != null && !reason.isBlank()) {
            body.put("error_description", printable(reason));
        }
        response.setStatus(status);
        body(response, body);
    }

    /** Answers with JSON that nobody keeps. */
    void body(HttpServletResponse response, Object value) throws IOException {
        body(response, value, "no-store");
    }

    /** Answers with JSON that is kept as long as this says (RFC 9111 section 5.2). */
    void body(HttpServletResponse response, Object value, String caching) throws IOException {
        response.setHeader("Cache-Control", caching);
        response.setContentType("application/json");
        response.getOutputStream().write(json.write(value).getBytes(StandardCharsets.UTF_8));
    }

    /** The characters that RFC 6749 section 5.2 allows in a description. */
    static String printable(String reason) {
        return reason.codePoints()
                .map(c -> c >= 0x20 && c <= 0x7E && c != '"' && c != '\\' ? c : '\'')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
