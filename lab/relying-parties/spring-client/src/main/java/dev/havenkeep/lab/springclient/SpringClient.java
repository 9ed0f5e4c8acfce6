package dev.havenkeep.lab.springclient;

import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application whose people sign in at the provider that its configuration names as {@code realm}
 * ({@code spring.security.oauth2.client.*}). {@code GET /} answers who is there and with which access token; {@code GET
 * /refreshed} the same after a refresh; {@code POST /logout} signs out here and at the provider.
 */
@SpringBootApplication(proxyBeanMethods = false)
class SpringClient {

    /** No access token lives as long as this, so that each counts as over. */
    private static final Duration LONGER_THAN_ANY = Duration.ofDays(365);

    public static void main(String[] args) {
        SpringApplication.run(SpringClient.class, args);
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http, ClientRegistrationRepository clients) {
        OidcClientInitiatedLogoutSuccessHandler signedOut = new OidcClientInitiatedLogoutSuccessHandler(clients);
        signedOut.setPostLogoutRedirectUri("{baseUrl}/signed-out");
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers("/signed-out").permitAll().anyRequest().authenticated())
                .oauth2Login(Customizer.withDefaults())
                .logout(logout -> logout.logoutSuccessHandler(signedOut))
                .csrf(csrf -> csrf.ignoringRequestMatchers("/logout"))
                .build();
    }

    @Bean
    Refreshing refreshing(ClientRegistrationRepository clients, OAuth2AuthorizedClientRepository authorized) {
        DefaultOAuth2AuthorizedClientManager manager = new DefaultOAuth2AuthorizedClientManager(clients, authorized);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .refreshToken(refresh -> refresh.clockSkew(LONGER_THAN_ANY))
                .build());
        return new Refreshing(manager);
    }

    /** What refreshes a token whatever its age. */
    record Refreshing(DefaultOAuth2AuthorizedClientManager manager) {}
}
