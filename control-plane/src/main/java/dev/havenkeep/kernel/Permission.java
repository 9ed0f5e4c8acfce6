package dev.havenkeep.kernel;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a role or a token may be allowed to do. The text form is the one of API, SQL and UI. */
public enum Permission {
    TEAM_READ("team:read"),
    TEAM_WRITE("team:write"),
    TEAM_DELETE("team:delete"),
    MEMBERS_READ("members:read"),
    MEMBERS_WRITE("members:write"),
    TOKENS_WRITE("tokens:write"),
    AUDIT_READ("audit:read"),
    SERVERS_READ("servers:read"),
    SERVERS_WRITE("servers:write"),
    PROJECTS_READ("projects:read"),
    PROJECTS_WRITE("projects:write"),
    PROJECTS_DELETE("projects:delete"),
    APPLICATIONS_READ("applications:read"),
    APPLICATIONS_WRITE("applications:write"),
    APPLICATIONS_DELETE("applications:delete"),
    VARIABLES_READ("variables:read"),
    VARIABLES_WRITE("variables:write"),
    DOMAINS_WRITE("domains:write"),
    DEPLOYMENTS_READ("deployments:read"),
    DEPLOYMENTS_WRITE("deployments:write"),
    LOGS_READ("logs:read"),
    REALMS_READ("realms:read"),
    REALMS_WRITE("realms:write"),
    REALMS_DELETE("realms:delete"),
    USERS_READ("users:read"),
    USERS_WRITE("users:write");

    private final String text;

    Permission(String text) {
        this.text = text;
    }

    /** The stable text form, for example {@code deployments:write}. */
    @JsonValue
    public String text() {
        return text;
    }

    /** Whether the permission changes nothing, which is all that a read-only token may hold. */
    public boolean readOnly() {
        return text.endsWith(":read");
    }

    /**
     * The permission with this text form.
     *
     * @throws ProblemException 422 when there is none
     */
    public static Permission parse(String text) {
        for (Permission permission : values()) {
            if (permission.text.equals(text)) {
                return permission;
            }
        }
        throw new ProblemException(
                Problem.invalid("permissions", "There is no permission named like this; see /api/v1/permissions."));
    }
}
