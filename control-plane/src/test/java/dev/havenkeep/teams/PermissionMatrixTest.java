package dev.havenkeep.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PermissionMatrixTest {

    private static final List<Role> ROLES = List.of(Role.VIEWER, Role.DEVELOPER, Role.ADMIN, Role.OWNER);

    @Test
    void guideShowsTheMatrixThatIsInForce() throws IOException {
        String table = Stream.concat(
                        Stream.of("| Permission | viewer | developer | admin | owner | |", "|---|---|---|---|---|---|"),
                        Stream.of(Permission.values()).map(PermissionMatrixTest::row))
                .collect(Collectors.joining("\n", "", "\n"));

        assertThat(Files.readString(Path.of("../docs/guide/people.md")))
                .as("put this table into docs/guide/people.md:\n" + table)
                .contains(table);
    }

    private static String row(Permission permission) {
        String marks = ROLES.stream()
                .map(role -> RolePermissions.of(role).contains(permission) ? "✓" : "")
                .collect(Collectors.joining(" | "));
        return "| `" + permission.text() + "` | " + marks + " | " + RolePermissions.description(permission) + " |";
    }
}
