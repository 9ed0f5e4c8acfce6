package dev.havenkeep.web;

import dev.havenkeep.testing.Client;
import dev.havenkeep.testing.TestClassesExcluded;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** The web module alone, with a test's own controllers on top. */
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class
        })
@ConfigurationPropertiesScan({"dev.havenkeep.web", "dev.havenkeep.kernel"})
@ComponentScan(
        basePackages = "dev.havenkeep.web",
        excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
class WebTestApplication {

    static Running with(Class<?> controller, String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 4);
        all[arguments.length] = "--server.port=0";
        all[arguments.length + 1] = "--server.address=127.0.0.1";
        all[arguments.length + 2] = "--logging.structured.format.console=";
        all[arguments.length + 3] = "--logging.level.root=warn";
        return new Running(new SpringApplicationBuilder(WebTestApplication.class, controller)
                .initializers(TestClassesExcluded::exclude)
                .run(all));
    }

    record Running(ConfigurableApplicationContext context) implements AutoCloseable {

        Client client() {
            return new Client("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
