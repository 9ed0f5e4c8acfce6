package dev.havenkeep.projects;

import dev.havenkeep.kernel.EnvironmentId;
import dev.havenkeep.kernel.ProjectId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the things live that this module's path variables name. */
@Configuration(proxyBeanMethods = false)
class ProjectScopes {

    @Bean
    ScopeResolver projectScope(ProjectStore store) {
        return resolver("project", id -> store.find(new ProjectId(id)).map(Project::scope));
    }

    @Bean
    ScopeResolver environmentScope(ProjectStore store) {
        return resolver("environment", id -> store.find(new EnvironmentId(id)).map(Environment::scope));
    }

    private static ScopeResolver resolver(String variable, Function<String, Optional<Scope>> resolve) {
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
