package dev.havenkeep.teams;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.havenkeep.kernel.Problem;
import dev.havenkeep.kernel.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A named set of permissions, from all to none; {@link RolePermissions} says which. Each holds what the next holds. */
public enum Role {
    /** Everything, including the team's end. A team always has one. */
    OWNER,
    /** Everything but the team's end and owners. */
    ADMIN,
    /** Builds, configures and deploys. */
    DEVELOPER,
    /** Looks at everything but configuration values. */
    VIEWER,
    /** Nothing, where only grants on projects or environments count. */
    NONE;

    /** The form in API and SQL, for example {@code developer}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role with this text form.
     *
     * @throws ProblemException 422 when there is none
     */
    @JsonCreator
    public static Role parse(String text) {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return role;
            }
        }
        throw new ProblemException(Problem.invalid(
                "role",
                "must be one of " + Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "))));
    }

    /** Whether this role holds everything that the other one holds. */
    boolean atLeast(Role other) {
        return compareTo(other) <= 0;
    }
}
