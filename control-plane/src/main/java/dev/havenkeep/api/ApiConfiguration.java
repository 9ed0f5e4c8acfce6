package dev.havenkeep.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Puts the authorization before every endpoint, and refuses to start when an endpoint is not in its table. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

    private static final String CONTAINER_ERRORS = "/error";

    private final ObjectProvider<Authorization> authorization;

    ApiConfiguration(ObjectProvider<Authorization> authorization) {
        this.authorization = authorization;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(authorization.getObject());
    }

    @Bean
    static AuthorizationTable authorizationTable() {
        return new AuthorizationTable();
    }

    @Bean
    static SmartInitializingSingleton everyEndpointIsInTheTable(
            AuthorizationTable table,
            Authorization authorization,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        return () -> {
            List<String> faults = new ArrayList<>();
            Set<AuthorizationTable.Endpoint> served = new HashSet<>();
            for (AuthorizationTable.Endpoint endpoint : endpoints(mappings)) {
                served.add(endpoint);
                Rule rule = table.rule(endpoint).orElse(null);
                if (rule == null) {
                    faults.add(endpoint + " has no row");
                } else if (!authorization.findsScope(endpoint.path(), rule)) {
                    faults.add(endpoint + " has no path variable with a ScopeResolver");
                }
            }
            table.rows().keySet().stream()
                    .filter(row -> !served.contains(row))
                    .forEach(row -> faults.add(row + " has a row and no endpoint"));
            if (!faults.isEmpty()) {
                throw new IllegalStateException(
                        "The authorization table does not fit the endpoints: " + String.join("; ", faults));
            }
        };
    }

    /** Every method and path that a controller answers. */
    static List<AuthorizationTable.Endpoint> endpoints(RequestMappingHandlerMapping mappings) {
        List<AuthorizationTable.Endpoint> endpoints = new ArrayList<>();
        for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
            Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
            for (String path : mapping.getPatternValues()) {
                if (path.equals(CONTAINER_ERRORS)) {
                    continue;
                }
                if (methods.isEmpty()) {
                    endpoints.add(new AuthorizationTable.Endpoint("ANY", path));
                }
                methods.forEach(method -> endpoints.add(new AuthorizationTable.Endpoint(method.name(), path)));
            }
        }
        return endpoints;
    }
}
