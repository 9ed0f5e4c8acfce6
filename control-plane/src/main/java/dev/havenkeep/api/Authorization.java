package dev.havenkeep.api;

import dev.havenkeep.kernel.AccessRules;
import dev.havenkeep.kernel.Caller;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import dev.havenkeep.web.CidrBlock;
import dev.havenkeep.web.Standing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Asks the {@link AuthorizationTable} before every endpoint: 401 without credentials, 404 when the caller may not know
 * of the thing (or there is none), 403 when they may see it but not do this.
 */
@Component
class Authorization implements HandlerInterceptor {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)}");

    /** What a proxy writes into a request that it passes on. */
    private static final List<String> PASSED_ON =
            List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

    private final AuthorizationTable table;
    private final AccessRules access;
    private final DeniedAccesses denied;
    private final Map<String, ScopeResolver> resolvers = new HashMap<>();

    Authorization(AuthorizationTable table, AccessRules access, DeniedAccesses denied, List<ScopeResolver> resolvers) {
        this.table = table;
        this.access = access;
        this.denied = denied;
        resolvers.forEach(resolver -> {
            if (this.resolvers.put(resolver.pathVariable(), resolver) != null) {
                throw new IllegalStateException("two scope resolvers for {" + resolver.pathVariable() + "}");
            }
        });
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(jakarta.servlet.RequestDispatcher.ERROR_STATUS_CODE) != null) {
            return true;
        }
        if (request.getMethod().equals("OPTIONS")) {
            // Which methods an address has stands in the API document; no other site's page is let in (no CORS).
            return true;
        }
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Rule rule = table.rule(new AuthorizationTable.Endpoint(method, pattern(request)))
                .orElseThrow(Authorization::nothingHere);
        Caller caller = Caller.current();
        switch (rule) {
            case Rule.Public() -> {}
            case Rule.SignedIn() -> requireCredentials(caller);
            case Rule.LocalOrSignedIn() -> {
                if (!local(request, caller)) {
                    requireCredentials(caller);
                }
            }
            case Rule.Person() -> requirePerson(caller);
            case Rule.Holds holds -> requirePermission(caller, holds, request);
            case Rule.Insider() -> {
                requirePerson(caller);
                requireKnowledge(caller, null, request);
            }
        }
        return true;
    }

    /** Whether the rule of a path can find the scope that it needs. */
    boolean findsScope(String path, Rule rule) {
        return switch (rule) {
            case Rule.Public(), Rule.SignedIn(), Rule.LocalOrSignedIn(), Rule.Person() -> true;
            case Rule.Holds holds when holds.queryParameter() != null -> resolvers.containsKey(holds.queryParameter());
            case Rule.Holds _, Rule.Insider _ -> !variables(path).isEmpty();
        };
    }

    private static boolean local(HttpServletRequest request, Caller caller) {
        String address = caller.address();
        return address != null
                && PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null)
                && CidrBlock.literal(address)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    private static void requireCredentials(Caller caller) {
        switch (caller.kind()) {
            case PERSON, TOKEN -> {}
            // Havenkeep itself never comes in by HTTP: a request without a caller is nobody's.
            case SYSTEM, ANONYMOUS ->
                throw new ProblemException(Problem.unauthenticated(
                        "Sign in, or send an API token as a bearer token in the Authorization header."));
        }
    }

    private static void requirePerson(Caller caller) {
        requireCredentials(caller);
        if (caller.kind() != Caller.Kind.PERSON) {
            throw new ProblemException(
                    Problem.forbidden("This belongs to a person's account; sign in, since a token cannot do it."));
        }
    }

    private Scope requireKnowledge(Caller caller, @Nullable String queryParameter, HttpServletRequest request) {
        requireCredentials(caller);
        Scope scope = scope(queryParameter, request);
        if (!access.mayKnow(caller, scope)) {
            denied.denied(caller, request.getMethod(), request.getRequestURI(), scope, 404);
            throw nothingHere();
        }
        Standing.require(request, () -> {
            if (!access.mayKnow(caller, scope)) {
                throw nothingHere();
            }
        });
        return scope;
    }

    private void requirePermission(Caller caller, Rule.Holds rule, HttpServletRequest request) {
        Scope scope = requireKnowledge(caller, rule.queryParameter(), request);
        if (!access.allows(caller, rule.permission(), scope)) {
            denied.denied(caller, request.getMethod(), request.getRequestURI(), scope, 403);
            throw lacking(rule);
        }
        Standing.require(request, () -> {
            if (!access.allows(caller, rule.permission(), scope)) {
                throw lacking(rule);
            }
        });
    }

    private static ProblemException lacking(Rule.Holds rule) {
        return new ProblemException(Problem.forbidden("This needs the permission "
                        + rule.permission().text() + " here, which your role or token does not have.")
                .with("permission", rule.permission().text()));
    }

    /** The scope of the last thing in the path. Those before it must be where it lives, or there is no such thing. */
    private Scope scope(@Nullable String queryParameter, HttpServletRequest request) {
        List<Scope> scopes = new ArrayList<>();
        if (queryParameter != null) {
            String id = request.getParameter(queryParameter);
            if (id == null) {
                throw new ProblemException(Problem.invalid(queryParameter, "is required"));
            }
            scopes.add(resolve(queryParameter, id));
        } else {
            Map<String, String> values = pathVariables(request);
            variables(pattern(request)).forEach(variable -> scopes.add(resolve(variable, values.get(variable))));
        }
        if (scopes.isEmpty()) {
            throw nothingHere();
        }
        Scope last = scopes.getLast();
        if (!scopes.stream().allMatch(scope -> scope.covers(last))) {
            throw nothingHere();
        }
        return last;
    }

    private Scope resolve(String variable, @Nullable String id) {
        @Nullable ScopeResolver resolver = resolvers.get(variable);
        return Optional.ofNullable(resolver)
                .flatMap(known -> id == null ? Optional.empty() : known.resolve(id))
                .orElseThrow(Authorization::nothingHere);
    }

    /** The variables of a path that have a scope, in the order of the path. */
    private List<String> variables(String path) {
        return VARIABLE.matcher(path)
                .results()
                .map(found -> found.group(1))
                .filter(resolvers::containsKey)
                .toList();
    }

    private static String pattern(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> pathVariables(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables == null ? Map.of() : (Map<String, String>) variables;
    }

    private static ProblemException nothingHere() {
        return new ProblemException(Problem.notFound("There is nothing here that you may see."));
    }
}
