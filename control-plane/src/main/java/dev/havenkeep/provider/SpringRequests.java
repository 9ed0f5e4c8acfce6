package dev.havenkeep.provider;

import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** Authorization requests in the form in which Spring's providers look at them. */
final class SpringRequests {

    private SpringRequests() {}

    static OAuth2AuthorizationRequest of(AuthorizationRequest request) {
        return OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("/oauth2/authorize")
                .clientId(request.clientId())
                // Only what the request named must be named again with the code.
                .redirectUri(request.redirectUriGiven() ? request.redirectUri() : null)
                .scopes(request.scopes())
                .state(request.state())
                .additionalParameters(parameters -> parameters.putAll(request.parameters()))
                .build();
    }
}
