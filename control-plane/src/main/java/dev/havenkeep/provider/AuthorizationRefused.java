package dev.havenkeep.provider;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request that is not granted, with the error that OpenID Connect Core 1.0 section 3.1.2.6 and RFC 6749
 * section 4.1.2.1 have for it.
 */
final class AuthorizationRefused extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String error;
    private final String reason;
    private final transient @Nullable Answer answer;

    /**
     * Where the refusal may be sent; without one the person is told, since neither client nor address can be trusted.
     */
    record Answer(String redirectUri, @Nullable String state, boolean formPost) {

        static Answer to(AuthorizationRequest request) {
            return new Answer(request.redirectUri(), request.state(), request.formPost());
        }
    }

    AuthorizationRefused(String error, String reason, @Nullable Answer answer) {
        super(error + ": " + reason);
        this.error = error;
        this.reason = reason;
        this.answer = answer;
    }

    String error() {
        return error;
    }

    String reason() {
        return reason;
    }

    @Nullable
    Answer answer() {
        return answer;
    }
}
