package dev.havenkeep.testing;

import dev.havenkeep.kernel.Database;
import dev.havenkeep.kernel.Ids;
import dev.havenkeep.kernel.Json;
import dev.havenkeep.kernel.SecretBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.ComponentScan;

/**
 * The kernel on a migrated database of its own and nothing else: what a test of a store needs.
 *
 * @param events everything that was published through the publisher, oldest first
 */
public record Kernel(
        Database database,
        Ids ids,
        TestClock clock,
        SecretBox secrets,
        Json json,
        ApplicationEventPublisher publisher,
        List<Object> events,
        DatabaseKind kind,
        AutoCloseable closing)
        implements AutoCloseable {

    @ComponentScan("dev.havenkeep.kernel")
    @ConfigurationPropertiesScan("dev.havenkeep.kernel")
    @ImportAutoConfiguration({FlywayAutoConfiguration.class, JacksonAutoConfiguration.class})
    static class Application {}

    /** A kernel of the test's own; the test closes it. */
    public static Kernel start(DatabaseKind kind) {
        Path folder = Folders.temporary("havenkeep-kernel");
        Map<String, Object> properties = new HashMap<>(kind.newDatabase());
        properties.put("haven.data-dir", folder.toString());
        properties.putAll(Havenkeep.QUIET);
        TestClock clock = new TestClock();
        List<Object> events = new CopyOnWriteArrayList<>();
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers(Havenkeep.withClock(clock))
                .listeners(event -> {
                    if (event instanceof PayloadApplicationEvent<?> published) {
                        events.add(published.getPayload());
                    }
                })
                .run(Havenkeep.arguments(properties));
        return new Kernel(
                context.getBean(Database.class),
                context.getBean(Ids.class),
                clock,
                context.getBean(SecretBox.class),
                context.getBean(Json.class),
                context,
                events,
                kind,
                () -> {
                    context.close();
                    Folders.delete(folder);
                });
    }

    @Override
    public void close() throws IOException {
        try {
            closing.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
