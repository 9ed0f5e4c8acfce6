package dev.havenkeep.testing;

import dev.havenkeep.kernel.Database;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class of {@link OnBothDatabases} its two runs and what it asks for in each. */
public final class Databases implements ClassTemplateInvocationContextProvider {

    private static final Namespace NAMESPACE = Namespace.create(Databases.class);

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        return Arrays.stream(DatabaseKind.values()).map(Run::new);
    }

    private record Run(DatabaseKind kind) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return kind.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Resolver(kind));
        }
    }

    private record Resolver(DatabaseKind kind) implements ParameterResolver {

        private static final List<Class<?>> KNOWN =
                List.of(Havenkeep.class, Kernel.class, Database.class, DatabaseKind.class, TestClock.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return KNOWN.contains(parameter.getParameter().getType());
        }

        @Override
        public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            if (type == DatabaseKind.class) {
                return kind;
            }
            if (type == Havenkeep.class) {
                return Havenkeep.shared(kind);
            }
            Kernel kernel = kernel(context);
            if (type == Kernel.class) {
                return kernel;
            }
            return type == Database.class ? kernel.database() : kernel.clock();
        }

        /** One per test class and database; closed when that run of the class ends. */
        private Kernel kernel(ExtensionContext context) {
            Store store = store(context);
            Kernel kernel = store.get(kind, Kernel.class);
            if (kernel == null) {
                kernel = Kernel.start(kind);
                store.put(kind, kernel);
            }
            return kernel;
        }

        private static Store store(ExtensionContext context) {
            ExtensionContext owner = context;
            while (owner.getTestMethod().isPresent()) {
                owner = owner.getParent().orElseThrow();
            }
            return owner.getStore(NAMESPACE);
        }
    }
}
