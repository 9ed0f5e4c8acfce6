package dev.havenkeep.applications;

import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the things live that this module's path variables name. */
@Configuration(proxyBeanMethods = false)
class ApplicationScopes {

    @Bean
    ScopeResolver applicationScope(ApplicationStore store) {
        return resolver("application", id -> store.find(new ApplicationId(id)).map(Application::scope));
    }

    @Bean
    ScopeResolver variableScope(ApplicationStore store) {
        return resolver("variable", id -> store.ownerOf(id).flatMap(store::find).map(Application::scope));
    }

    private static ScopeResolver resolver(
            String variable, java.util.function.Function<String, Optional<Scope>> resolve) {
        return new ScopeResolver() {
            @Override
            public String pathVariable() {
                return variable;
            }

            @Override
            public Optional<Scope> resolve(String id) {
                return resolve.apply(id);
            }
        };
    }
}
