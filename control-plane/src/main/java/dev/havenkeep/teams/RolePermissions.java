package dev.havenkeep.teams;

import dev.havenkeep.kernel.Permission;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The permission matrix: for each permission the lowest role that holds it, and what it means. */
final class RolePermissions {

    private static final Map<Role, Set<Permission>> BY_ROLE = byRole();

    private RolePermissions() {}

    /** Everything that a role allows where it is given. */
    static Set<Permission> of(Role role) {
        return BY_ROLE.getOrDefault(role, Set.of());
    }

    /** The matrix. A new permission does not compile before it has its place here. */
    static Role lowest(Permission permission) {
        return switch (permission) {
            case TEAM_READ,
                    MEMBERS_READ,
                    SERVERS_READ,
                    PROJECTS_READ,
                    APPLICATIONS_READ,
                    DEPLOYMENTS_READ,
                    LOGS_READ,
                    REALMS_READ -> Role.VIEWER;
            case VARIABLES_READ,
                    VARIABLES_WRITE,
                    APPLICATIONS_WRITE,
                    APPLICATIONS_DELETE,
                    DEPLOYMENTS_WRITE,
                    DOMAINS_WRITE,
                    PROJECTS_WRITE,
                    TOKENS_WRITE,
                    REALMS_WRITE -> Role.DEVELOPER;
            case TEAM_WRITE,
                    MEMBERS_WRITE,
                    AUDIT_READ,
                    SERVERS_WRITE,
                    PROJECTS_DELETE,
                    REALMS_DELETE,
                    USERS_READ,
                    USERS_WRITE -> Role.ADMIN;
            case TEAM_DELETE -> Role.OWNER;
        };
    }

    /** What a permission lets one do, for people who choose them for a token. */
    static String description(Permission permission) {
        return switch (permission) {
            case TEAM_READ -> "See the team.";
            case TEAM_WRITE -> "Rename the team.";
            case TEAM_DELETE -> "Delete the team.";
            case MEMBERS_READ -> "See members, their roles and open invitations.";
            case MEMBERS_WRITE -> "Invite and remove people and change their roles, up to one's own.";
            case TOKENS_WRITE -> "Make and revoke one's own API tokens.";
            case AUDIT_READ -> "Read and export the audit log.";
            case SERVERS_READ -> "See servers and their state.";
            case SERVERS_WRITE -> "Add, change, check and remove servers.";
            case PROJECTS_READ -> "See projects and environments.";
            case PROJECTS_WRITE -> "Create and change projects and environments.";
            case PROJECTS_DELETE -> "Delete projects and environments.";
            case APPLICATIONS_READ -> "See applications, their settings and domains.";
            case APPLICATIONS_WRITE -> "Create and change applications.";
            case APPLICATIONS_DELETE -> "Delete applications and, on request, their volumes.";
            case VARIABLES_READ -> "See variables; the values of secrets are never shown.";
            case VARIABLES_WRITE -> "Set and remove variables and secrets.";
            case DOMAINS_WRITE -> "Add, change and remove domains and certificates.";
            case DEPLOYMENTS_READ -> "See deployments and releases.";
            case DEPLOYMENTS_WRITE -> "Deploy, roll back, cancel, restart, stop and start.";
            case LOGS_READ -> "Read the logs of deployments and containers.";
            case REALMS_READ -> "See realms, their settings, clients and keys.";
            case REALMS_WRITE -> "Create and change realms, their clients and keys.";
            case REALMS_DELETE -> "Delete realms with everybody in them.";
            case USERS_READ -> "See the users of realms, their sessions and what they did.";
            case USERS_WRITE -> "Create, change, block and delete the users of realms.";
        };
    }

    private static Map<Role, Set<Permission>> byRole() {
        Map<Role, Set<Permission>> sets = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            EnumSet<Permission> held = EnumSet.noneOf(Permission.class);
            for (Permission permission : Permission.values()) {
                if (role.atLeast(lowest(permission))) {
                    held.add(permission);
                }
            }
            sets.put(role, Set.copyOf(held));
        }
        return sets;
    }
}
