package dev.havenkeep.provider;

import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.pages.view.ChooseAccountPage;
import dev.havenkeep.pages.view.ConfirmSignOutPage;
import dev.havenkeep.pages.view.ConsentPage;
import dev.havenkeep.pages.view.DeviceCodePage;
import dev.havenkeep.pages.view.DeviceConfirmPage;
import dev.havenkeep.pages.view.ErrorPage;
import dev.havenkeep.pages.view.ProofPage;
import dev.havenkeep.pages.view.SignInPage;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.PublicClientAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.web.OAuth2ClientAuthenticationFilter;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenEndpointFilter;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenIntrospectionEndpointFilter;
import org.springframework.security.oauth2.server.authorization.web.OAuth2TokenRevocationEndpointFilter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretBasicAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.ClientSecretPostAuthenticationConverter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.authentication.DelegatingAuthenticationConverter;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Everything that a request below an issuer goes through, in its order: Spring's filters for clients and their tokens,
 * then the endpoints of our own. Nothing leaves it unanswered, and every failure becomes an answer here: JSON for
 * programs, a page for people, a redirect where the client is to know.
 */
@Component
class RealmChain {

    private static final Logger log = LoggerFactory.getLogger(RealmChain.class);

    private static final AuthorizationServerSettings PATHS =
            AuthorizationServerSettings.builder().build();

    /** Where a client proves which it is. */
    private static final Set<String> FOR_CLIENTS = Set.of(
            PATHS.getTokenEndpoint(),
            PATHS.getTokenIntrospectionEndpoint(),
            PATHS.getTokenRevocationEndpoint(),
            PATHS.getPushedAuthorizationRequestEndpoint(),
            PATHS.getDeviceAuthorizationEndpoint());

    private static final String CONFIGURATION = "/.well-known/openid-configuration";
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    /**
     * What programs of any origin may call from a browser (Fetch, section 3.2): nothing here looks at a cookie. The
     * others speak JSON too, but to servers.
     */
    private static final Set<String> FOR_ANY_ORIGIN = Set.of(
            CONFIGURATION,
            METADATA,
            PATHS.getJwkSetEndpoint(),
            PATHS.getTokenEndpoint(),
            PATHS.getTokenRevocationEndpoint(),
            PATHS.getOidcUserInfoEndpoint());

    private final FilterChainProxy proxy;
    private final AuthorizationAnswers answers;
    private final OAuthErrors errors;
    private final RealmPages pages;
    private final AuthEvents events;

    RealmChain(
            RegisteredClients clients,
            Grants grants,
            TokenGenerator tokens,
            ClientAssertions assertions,
            PublicClients publicClients,
            TokenAnswers tokenAnswers,
            Discovery discovery,
            AuthorizationEndpoint authorization,
            PushEndpoint push,
            UserInfoEndpoint userInfo,
            LogoutEndpoint logout,
            SignInPages signIn,
            ConnectionPages connections,
            DeviceCodes devices,
            DevicePages devicePages,
            AuthorizationAnswers answers,
            OAuthErrors errors,
            RealmPages pages,
            AuthEvents events) {
        this.answers = answers;
        this.errors = errors;
        this.pages = pages;
        this.events = events;
        Routes routes = new Routes()
                .get(CONFIGURATION, discovery::metadata)
                .get(METADATA, discovery::metadata)
                .get(PATHS.getJwkSetEndpoint(), discovery::keys)
                .get(PATHS.getAuthorizationEndpoint(), authorization::get)
                .post(PATHS.getAuthorizationEndpoint(), authorization::post)
                .post(PATHS.getPushedAuthorizationRequestEndpoint(), push::push)
                .post(PATHS.getDeviceAuthorizationEndpoint(), devicePages::begin)
                .get(DeviceCodePage.PATH, devicePages::show)
                .post(DeviceCodePage.PATH, devicePages::typed)
                .post(DeviceConfirmPage.PATH, devicePages::decide)
                .get(PATHS.getOidcUserInfoEndpoint(), userInfo::answer)
                .post(PATHS.getOidcUserInfoEndpoint(), userInfo::answer)
                .get(PATHS.getOidcLogoutEndpoint(), logout::logout)
                .post(PATHS.getOidcLogoutEndpoint(), logout::logout)
                .post(ConfirmSignOutPage.PATH, logout::decide)
                .get(SignInPage.PATH, signIn::show)
                .post(SignInPage.PATH, signIn::signIn)
                .get(ConnectionPages.START, connections::start)
                .get(ConnectionPages.CALLBACK, connections::callback)
                .post(ConnectionPages.CALLBACK, connections::posted)
                .get(ProofPage.PATH, connections::proof)
                .post(ProofPage.PATH, connections::prove)
                .get(ChooseAccountPage.PATH, signIn::show)
                .post(ChooseAccountPage.PATH, signIn::choose)
                .get(ConsentPage.PATH, signIn::show)
                .post(ConsentPage.PATH, signIn::consent);
        AuthenticationManager manager = manager(clients, grants, tokens, assertions, publicClients, devices);
        List<Filter> filters = List.of(
                clientAuthentication(manager, publicClients),
                this::requireClient,
                tokenEndpoint(manager, tokenAnswers),
                introspection(manager),
                revocation(manager),
                (request, response, chain) -> answer(routes, request, response));
        proxy = new FilterChainProxy(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters));
        proxy.setRequestRejectedHandler((request, response, rejected) -> {
            throw rejected;
        });
    }

    /** Answers a request that is below its realm's issuer. */
    void serve(RealmRequest request, HttpServletResponse response) throws IOException, ServletException {
        String path = request.path();
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (FOR_ANY_ORIGIN.contains(path)) {
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After, X-Request-ID");
            if (request.getMethod().equals("OPTIONS")) {
                response.setHeader("Access-Control-Allow-Methods", "GET, POST");
                response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, DPoP");
                response.setHeader("Access-Control-Max-Age", "3600");
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return;
            }
        }
        try {
            proxy.doFilter(request, response, RealmChain::nothingBehind);
        } catch (AuthorizationRefused e) {
            refused(request, response, e);
        } catch (SignInPages.InteractionOver e) {
            pages.error(request, response, 400, ErrorPage.Kind.EXPIRED, null);
        } catch (OAuth2AuthenticationException e) {
            errors.onAuthenticationFailure(request, response, e);
        } catch (RequestRejectedException e) {
            problem(
                    request,
                    response,
                    Problem.malformed("The path or a header holds characters that are not accepted."));
        } catch (ProblemException e) {
            problem(request, response, e.problem());
        } catch (InvalidParameterException e) {
            problem(
                    request,
                    response,
                    Problem.of(413, "body-too-large", "Too large", "The form is too large or malformed."));
        } catch (DataAccessException e) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            problem(
                    request,
                    response,
                    Problem.of(503, "unavailable", "Not now", "The realm's database does not answer."));
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            problem(request, response, Problem.of(500, "internal-error", "Our fault", "Something went wrong here."));
        }
    }

    private void refused(HttpServletRequest request, HttpServletResponse response, AuthorizationRefused refused)
            throws IOException {
        String clientId = request.getParameter("client_id");
        events.failure(
                RealmContext.current(),
                "authorization",
                refused.error() + ": " + refused.reason(),
                null,
                clientId == null || clientId.length() > 100 ? null : clientId);
        if (refused.answer() != null) {
            answers.refusal(request, response, refused);
        } else {
            pages.error(
                    request,
                    response,
                    400,
                    ErrorPage.Kind.APPLICATION_AT_FAULT,
                    refused.error() + ": " + refused.reason());
        }
    }

    private void problem(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        if (problem.status() == 405 && problem.extensions().get("allowed") instanceof Iterable<?> allowed) {
            response.setHeader("Allow", String.join(", ", names(allowed)));
        }
        if (problem.extensions().get("retryAfterSeconds") instanceof Number seconds) {
            response.setHeader("Retry-After", Long.toString(seconds.longValue()));
        }
        if (forPrograms(request.getServletPath())) {
            String code = switch (problem.status()) {
                case 500 -> "server_error";
                case 503 -> "temporarily_unavailable";
                default -> "invalid_request";
            };
            errors.write(response, problem.status(), code, problem.detail());
            return;
        }
        ErrorPage.Kind kind = switch (problem.status()) {
            case 400, 405, 413, 422 -> ErrorPage.Kind.APPLICATION_AT_FAULT;
            case 403 -> ErrorPage.Kind.NOT_ALLOWED;
            case 404 -> ErrorPage.Kind.NOT_FOUND;
            case 429 -> ErrorPage.Kind.TOO_MANY_REQUESTS;
            case 503 -> ErrorPage.Kind.UNAVAILABLE;
            default -> ErrorPage.Kind.UNEXPECTED;
        };
        pages.error(request, response, problem.status(), kind, problem.detail());
    }

    private static boolean forPrograms(String path) {
        return FOR_CLIENTS.contains(path) || FOR_ANY_ORIGIN.contains(path);
    }

    private static List<String> names(Iterable<?> values) {
        List<String> names = new java.util.ArrayList<>();
        values.forEach(value -> names.add(String.valueOf(value)));
        return names;
    }

    private static AuthenticationManager manager(
            RegisteredClients clients,
            Grants grants,
            TokenGenerator tokens,
            ClientAssertions assertions,
            PublicClients publicClients,
            DeviceCodes devices) {
        JwtClientAssertionAuthenticationProvider byStatement =
                new JwtClientAssertionAuthenticationProvider(clients, grants);
        byStatement.setJwtDecoderFactory(assertions);
        ClientSecretAuthenticationProvider bySecret = new ClientSecretAuthenticationProvider(clients, grants);
        bySecret.setPasswordEncoder(clients);
        ProviderManager manager = new ProviderManager(
                bySecret,
                byStatement,
                publicClients,
                new PublicClientAuthenticationProvider(clients, grants),
                new OAuth2ClientCredentialsAuthenticationProvider(grants, tokens),
                new OAuth2RefreshTokenAuthenticationProvider(grants, tokens),
                new OAuth2AuthorizationCodeAuthenticationProvider(grants, tokens),
                new OAuth2TokenExchangeAuthenticationProvider(grants, tokens),
                devices,
                new OAuth2TokenIntrospectionAuthenticationProvider(clients, grants),
                new OAuth2TokenRevocationAuthenticationProvider(grants));
        // A client's credentials are gone with its request.
        manager.setEraseCredentialsAfterAuthentication(false);
        return manager;
    }

    private Filter clientAuthentication(AuthenticationManager manager, PublicClients publicClients) {
        RequestMatcher posts =
                request -> request.getMethod().equals("POST") && FOR_CLIENTS.contains(request.getServletPath());
        OAuth2ClientAuthenticationFilter filter = new OAuth2ClientAuthenticationFilter(manager, posts);
        filter.setAuthenticationConverter(new DelegatingAuthenticationConverter(
                RealmChain::oneProof,
                ClientAssertions::convert,
                new ClientSecretBasicAuthenticationConverter(),
                new ClientSecretPostAuthenticationConverter(),
                publicClients));
        filter.setAuthenticationFailureHandler(
                (request, response, failure) -> failed(request, response, failure, "client.authentication"));
        return filter;
    }

    private OAuth2TokenEndpointFilter tokenEndpoint(AuthenticationManager manager, TokenAnswers tokenAnswers) {
        OAuth2TokenEndpointFilter filter = new OAuth2TokenEndpointFilter(manager, PATHS.getTokenEndpoint());
        filter.setAuthenticationSuccessHandler(tokenAnswers);
        filter.setAuthenticationFailureHandler(
                (request, response, failure) -> failed(request, response, failure, "token"));
        return filter;
    }

    private OAuth2TokenIntrospectionEndpointFilter introspection(AuthenticationManager manager) {
        OAuth2TokenIntrospectionEndpointFilter filter =
                new OAuth2TokenIntrospectionEndpointFilter(manager, PATHS.getTokenIntrospectionEndpoint());
        filter.setAuthenticationFailureHandler(
                (request, response, failure) -> failed(request, response, failure, "introspection"));
        return filter;
    }

    private OAuth2TokenRevocationEndpointFilter revocation(AuthenticationManager manager) {
        OAuth2TokenRevocationEndpointFilter filter =
                new OAuth2TokenRevocationEndpointFilter(manager, PATHS.getTokenRevocationEndpoint());
        filter.setAuthenticationFailureHandler(
                (request, response, failure) -> failed(request, response, failure, "revocation"));
        return filter;
    }

    private void failed(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure, String kind)
            throws IOException {
        AuthenticationException told = failure.getCause() instanceof JwtException statement
                ? OAuthErrors.failure(OAuth2ErrorCodes.INVALID_CLIENT, String.valueOf(statement.getMessage()))
                : failure;
        String reason = told instanceof OAuth2AuthenticationException refused
                ? refused.getError().getErrorCode() + ": " + refused.getError().getDescription()
                : "invalid_client";
        events.failure(RealmContext.current(), kind, reason, null, clientId(request));
        errors.onAuthenticationFailure(request, response, told);
    }

    private static @org.jspecify.annotations.Nullable String clientId(HttpServletRequest request) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known instanceof OAuth2ClientAuthenticationToken client && client.getRegisteredClient() != null) {
            return client.getRegisteredClient().getClientId();
        }
        String named = request.getParameter("client_id");
        return named == null || named.length() > 100 ? null : named;
    }

    /** A client proves which it is in one way (RFC 6749 section 2.3). */
    private static @org.jspecify.annotations.Nullable Authentication oneProof(HttpServletRequest request) {
        int proofs = (request.getHeader("Authorization") == null ? 0 : 1)
                + (request.getParameter("client_secret") == null ? 0 : 1)
                + (request.getParameter("client_assertion") == null ? 0 : 1);
        if (proofs > 1) {
            throw OAuthErrors.failure(
                    OAuth2ErrorCodes.INVALID_REQUEST, "The client proves which it is in more than one way");
        }
        return null;
    }

    private void requireClient(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (http.getMethod().equals("POST") && FOR_CLIENTS.contains(http.getServletPath())) {
            if (!(SecurityContextHolder.getContext().getAuthentication()
                    instanceof OAuth2ClientAuthenticationToken client)) {
                throw OAuthErrors.failure(OAuth2ErrorCodes.INVALID_CLIENT, "The client does not say which it is");
            }
            boolean secretless = ClientAuthenticationMethod.NONE.equals(client.getClientAuthenticationMethod());
            if (secretless && http.getServletPath().equals(PATHS.getTokenIntrospectionEndpoint())) {
                throw OAuthErrors.failure(
                        OAuth2ErrorCodes.UNAUTHORIZED_CLIENT, "A client without a secret may not introspect tokens");
            }
        }
        chain.doFilter(request, response);
    }

    private static void answer(Routes routes, ServletRequest request, ServletResponse response) throws IOException {
        HttpServletRequest http = (HttpServletRequest) request;
        routes.find(http).answer(http, (HttpServletResponse) response);
    }

    private static void nothingBehind(ServletRequest request, ServletResponse response) {
        throw new IllegalStateException("The chain of a realm has no end but its own");
    }
}
