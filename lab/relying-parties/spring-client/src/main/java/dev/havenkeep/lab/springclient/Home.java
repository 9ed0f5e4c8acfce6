package dev.havenkeep.lab.springclient;

import dev.havenkeep.lab.springclient.SpringClient.Refreshing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Its pages. */
@RestController
class Home {

    private final Refreshing refreshing;

    Home(Refreshing refreshing) {
        this.refreshing = refreshing;
    }

    @GetMapping("/")
    Map<String, Object> home(
            @AuthenticationPrincipal OidcUser user,
            @RegisteredOAuth2AuthorizedClient("realm") OAuth2AuthorizedClient client) {
        return answer(user, client);
    }

    @GetMapping("/refreshed")
    Map<String, Object> refreshed(
            @AuthenticationPrincipal OidcUser user,
            @RegisteredOAuth2AuthorizedClient("realm") OAuth2AuthorizedClient client,
            Authentication authentication,
            HttpServletRequest request,
            HttpServletResponse response) {
        return answer(
                user,
                refreshing.manager().authorize(OAuth2AuthorizeRequest.withAuthorizedClient(client)
                        .principal(authentication)
                        .attribute(HttpServletRequest.class.getName(), request)
                        .attribute(HttpServletResponse.class.getName(), response)
                        .build()));
    }

    @GetMapping("/signed-out")
    String signedOut() {
        return "here";
    }

    private static Map<String, Object> answer(OidcUser user, OAuth2AuthorizedClient client) {
        return Map.of(
                "sub", user.getSubject(),
                "email", user.getEmail(),
                "userInfo", user.getUserInfo() == null ? Map.of() : user.getUserInfo().getClaims(),
                "accessToken", client.getAccessToken().getTokenValue());
    }
}
