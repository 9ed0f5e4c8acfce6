package dev.havenkeep.identity;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.web.ClientAddresses;
import dev.havenkeep.web.ProblemAnswers;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The one filter chain: it finds out who asks and sends the headers that keep a browser safe. What they may do is
 * decided behind it, by the table of the api module, which refuses every endpoint that it does not name.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** The console brings all of its scripts; its component library styles elements inline. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    private static final String NO_DEVICES = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, List<Authenticator> authenticators, ClientAddresses addresses, ProblemAnswers answers) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .addFilterBefore(new AuthenticationFilter(authenticators, addresses), AuthorizationFilter.class)
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // ForgeryCheck does it, with a token that needs no state of its own.
                .csrf(csrf -> csrf.disable())
                .anonymous(anonymous -> anonymous.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                        .httpStrictTransportSecurity(hsts -> hsts.requestMatcher(addresses::secure))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy(NO_DEVICES)))
                .build();
    }

    @Bean
    HttpFirewall httpFirewall() {
        return new PlainPathFirewall();
    }

    /** A request that is too strange to look at (Spring Security's firewall) gets a problem like any other. */
    @Bean
    RequestRejectedHandler requestRejectedHandler(ProblemAnswers answers) {
        return (request, response, rejected) -> answers.write(
                response, Problem.malformed("The path or a header holds characters that are not accepted."));
    }
}
