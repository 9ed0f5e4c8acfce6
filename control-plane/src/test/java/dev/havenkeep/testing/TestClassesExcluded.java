package dev.havenkeep.testing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Keeps components that tests declare out of the application: it is booted as it ships. */
public final class TestClassesExcluded extends TypeExcludeFilter {

    /** For the initializers of an application that a test boots. */
    public static void exclude(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("testClassesExcluded", new TestClassesExcluded());
    }

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        return reader.getResource().getURL().getPath().contains("/test-classes/");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestClassesExcluded;
    }

    @Override
    public int hashCode() {
        return TestClassesExcluded.class.hashCode();
    }
}
