package dev.havenkeep;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The control plane: one process that serves the API and the console and runs every deployment. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HavenkeepApplication {

    /** Starts the control plane; arguments are Spring properties such as {@code --haven.data-dir=DIR}. */
    public static void main(String[] args) {
        SpringApplication.run(HavenkeepApplication.class, args);
    }
}
