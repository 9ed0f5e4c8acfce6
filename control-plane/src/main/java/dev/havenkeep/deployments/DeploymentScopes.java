package dev.havenkeep.deployments;

import dev.havenkeep.applications.Application;
import dev.havenkeep.applications.Applications;
import dev.havenkeep.kernel.ApplicationId;
import dev.havenkeep.kernel.Scope;
import dev.havenkeep.kernel.ScopeResolver;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the things live that this module's path variables name. */
@Configuration(proxyBeanMethods = false)
class DeploymentScopes {

    @Bean
    ScopeResolver deploymentScope(DeploymentStore store, Applications applications) {
        return resolver("deployment", store::ownerOf, applications);
    }

    @Bean
    ScopeResolver releaseScope(ReleaseStore store, Applications applications) {
        return resolver("release", store::ownerOf, applications);
    }

    private static ScopeResolver resolver(
            String variable, Function<String, Optional<ApplicationId>> ownerOf, Applications applications) {
        return new ScopeResolver() {
            @Override
            public String pathVariable() {
                return variable;
            }

            @Override
            public Optional<Scope> resolve(String id) {
                return ownerOf.apply(id).flatMap(applications::find).map(Application::scope);
            }
        };
    }
}
