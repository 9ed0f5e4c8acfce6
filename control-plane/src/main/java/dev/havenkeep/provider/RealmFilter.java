package dev.havenkeep.provider;

import dev.havenkeep.credentials.Visit;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.realms.Realm;
import dev.havenkeep.realms.Realms;
import dev.havenkeep.web.ClientAddresses;
import dev.havenkeep.web.ProblemAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes the requests that are for a realm: by the host that is its issuer, or by the path {@code /realms/NAME}. They go
 * through {@link RealmChain} and nowhere else; all others go on as if there were no realms.
 */
@Component
@Order(RealmFilter.ORDER)
class RealmFilter extends OncePerRequestFilter {

    /** Behind the web module's request filter, before Spring Security's chain for the API. */
    static final int ORDER = -110;

    private static final String PATH = "/realms/";
    /** RFC 8414 section 3.1 puts the well-known name before the issuer's path. */
    private static final String METADATA = "/.well-known/oauth-authorization-server";

    private final Realms realms;
    private final RealmHosts hosts;
    private final RealmChain chain;
    private final ClientAddresses addresses;
    private final ProblemAnswers answers;

    RealmFilter(Realms realms, RealmHosts hosts, RealmChain chain, ClientAddresses addresses, ProblemAnswers answers) {
        this.realms = realms;
        this.hosts = hosts;
        this.chain = chain;
        this.addresses = addresses;
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain others)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        Realm own = hosts.at(request.getServerName()).orElse(null);
        if (own != null) {
            serve(own, request, path, response);
        } else if (path.startsWith(PATH)) {
            byName(path.substring(PATH.length()), null, request, response);
        } else if (path.startsWith(METADATA + PATH)) {
            byName(path.substring(METADATA.length() + PATH.length()), METADATA, request, response);
        } else {
            others.doFilter(request, response);
        }
    }

    private void byName(String rest, @Nullable String below, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        int end = rest.indexOf('/');
        String name = end < 0 ? rest : rest.substring(0, end);
        String path = end < 0 ? "/" : rest.substring(end);
        Realm realm = realms.named(name).filter(known -> known.host() == null).orElse(null);
        if (realm == null || (below != null && end >= 0)) {
            answers.write(response, Problem.notFound("There is no realm at this address."));
            return;
        }
        serve(realm, request, below == null ? path : below, response);
    }

    private void serve(Realm realm, HttpServletRequest request, String path, HttpServletResponse response)
            throws ServletException, IOException {
        String issuer = realms.issuer(realm);
        RealmRequest below = new RealmRequest(request, URI.create(issuer), path, addresses.of(request));
        AuthorizationServerContextHolder.setContext(new RealmContext(realm, issuer, Visit.of(request, addresses)));
        try {
            chain.serve(below, response);
        } finally {
            AuthorizationServerContextHolder.resetContext();
        }
    }
}
