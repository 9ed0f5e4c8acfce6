package dev.havenkeep;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        ApplicationModules.of(HavenkeepApplication.class).verify();
    }
}
