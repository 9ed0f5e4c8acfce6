package dev.havenkeep.testing;

import dev.havenkeep.HavenkeepApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole application, booted for real on a random port with a data folder of its own. */
public final class Havenkeep implements AutoCloseable {

    private static final Map<DatabaseKind, Havenkeep> SHARED = new EnumMap<>(DatabaseKind.class);

    /** Tests read what goes wrong as plain text, and nothing else. */
    static final Map<String, String> QUIET =
            Map.of("logging.structured.format.console", "", "logging.level.root", "warn");

    private final ConfigurableApplicationContext context;
    private final Path dataFolder;
    private final TestClock clock;
    private final DatabaseKind kind;

    private Havenkeep(ConfigurableApplicationContext context, Path dataFolder, TestClock clock, DatabaseKind kind) {
        this.context = context;
        this.dataFolder = dataFolder;
        this.clock = clock;
        this.kind = kind;
    }

    /** The application that all tests of this JVM share on this kind of database; nobody closes it. */
    public static Havenkeep shared(DatabaseKind kind) {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(kind, missing -> {
                Havenkeep started = start(missing, Map.of());
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                return started;
            });
        }
    }

    /**
     * An application of the test's own; the test closes it. It has no Docker unless the properties give its edge a port
     * ({@code haven.edge.http-port}).
     */
    public static Havenkeep start(DatabaseKind kind, Map<String, String> properties) {
        return start(kind, properties, context -> {});
    }

    /** An application of the test's own with something more in its context; the test closes it. */
    public static Havenkeep start(
            DatabaseKind kind,
            Map<String, String> properties,
            ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        Path folder = Folders.temporary("havenkeep-test");
        Map<String, Object> all = new HashMap<>(kind.newDatabase());
        all.put("haven.data-dir", folder.toString());
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.putAll(QUIET);
        // Everybody in a test comes from one address.
        all.put("haven.limits.sign-ins-per-minute", "100000");
        if (!properties.containsKey("haven.edge.http-port")) {
            // Only a test that gives its edge ports of its own gets this machine's Docker: ports 80 and 443 are not a
            // test's.
            all.put("haven.engine.socket", folder.resolve("no-engine.sock").toString());
        }
        all.putAll(properties);
        TestClock clock = new TestClock();
        SpringApplicationBuilder application =
                // Spring's own hook would close it beside ours, which deletes its folder as soon as it is closed.
                new SpringApplicationBuilder(HavenkeepApplication.class)
                        .registerShutdownHook(false)
                        .initializers(withClock(clock), more);
        return new Havenkeep(application.run(arguments(all)), folder, clock, kind);
    }

    static String[] arguments(Map<String, Object> properties) {
        return properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    static ApplicationContextInitializer<ConfigurableApplicationContext> withClock(TestClock clock) {
        return context -> {
            TestClassesExcluded.exclude(context);
            RootBeanDefinition definition = new RootBeanDefinition(Clock.class, () -> clock);
            definition.setPrimary(true);
            ((GenericApplicationContext) context).registerBeanDefinition("testClock", definition);
        };
    }

    /** Where it answers, for example {@code http://127.0.0.1:41234}. */
    public String url() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    /** A caller without credentials. */
    public Client anonymous() {
        return new Client(url());
    }

    /** A part of the application. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** A part of the application, where there are several of its type. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** The application's time. */
    public TestClock clock() {
        return clock;
    }

    /** The application's data folder. */
    public Path dataFolder() {
        return dataFolder;
    }

    /** The kind of database that it runs on. */
    public DatabaseKind database() {
        return kind;
    }

    @Override
    public void close() {
        context.close();
        try {
            Folders.delete(dataFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
