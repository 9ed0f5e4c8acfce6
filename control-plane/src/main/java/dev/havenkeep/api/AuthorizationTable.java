package dev.havenkeep.api;

import static dev.havenkeep.kernel.Permission.APPLICATIONS_DELETE;
import static dev.havenkeep.kernel.Permission.APPLICATIONS_READ;
import static dev.havenkeep.kernel.Permission.APPLICATIONS_WRITE;
import static dev.havenkeep.kernel.Permission.AUDIT_READ;
import static dev.havenkeep.kernel.Permission.DEPLOYMENTS_READ;
import static dev.havenkeep.kernel.Permission.DEPLOYMENTS_WRITE;
import static dev.havenkeep.kernel.Permission.DOMAINS_WRITE;
import static dev.havenkeep.kernel.Permission.LOGS_READ;
import static dev.havenkeep.kernel.Permission.MEMBERS_READ;
import static dev.havenkeep.kernel.Permission.MEMBERS_WRITE;
import static dev.havenkeep.kernel.Permission.PROJECTS_DELETE;
import static dev.havenkeep.kernel.Permission.PROJECTS_READ;
import static dev.havenkeep.kernel.Permission.PROJECTS_WRITE;
import static dev.havenkeep.kernel.Permission.REALMS_DELETE;
import static dev.havenkeep.kernel.Permission.REALMS_READ;
import static dev.havenkeep.kernel.Permission.REALMS_WRITE;
import static dev.havenkeep.kernel.Permission.SERVERS_READ;
import static dev.havenkeep.kernel.Permission.SERVERS_WRITE;
import static dev.havenkeep.kernel.Permission.TEAM_DELETE;
import static dev.havenkeep.kernel.Permission.TEAM_READ;
import static dev.havenkeep.kernel.Permission.TEAM_WRITE;
import static dev.havenkeep.kernel.Permission.TOKENS_WRITE;
import static dev.havenkeep.kernel.Permission.USERS_READ;
import static dev.havenkeep.kernel.Permission.USERS_WRITE;
import static dev.havenkeep.kernel.Permission.VARIABLES_READ;
import static dev.havenkeep.kernel.Permission.VARIABLES_WRITE;

import dev.havenkeep.kernel.Permission;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may use which endpoint: the only place that says so. A permission is needed in the scope of the most specific
 * thing that the path names. An endpoint without a row keeps the application from starting.
 */
final class AuthorizationTable {

    private static final Rule PUBLIC = new Rule.Public();
    private static final Rule SIGNED_IN = new Rule.SignedIn();
    private static final Rule LOCAL_OR_SIGNED_IN = new Rule.LocalOrSignedIn();
    private static final Rule PERSON = new Rule.Person();
    private static final Rule INSIDER = new Rule.Insider();

    /** An endpoint, for example {@code GET /api/v1/teams/{team}}. */
    record Endpoint(String method, String path) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final Map<Endpoint, Rule> rules = new LinkedHashMap<>();

    AuthorizationTable() {
        // The installation
        row("GET", "/health/live", PUBLIC);
        row("GET", "/health/ready", PUBLIC);
        row("GET", "/metrics", LOCAL_OR_SIGNED_IN);

        // Set-up, signing in and one's own account
        row("GET", "/api/v1/setup", PUBLIC);
        row("POST", "/api/v1/setup", PUBLIC);
        row("POST", "/api/v1/session", PUBLIC);
        row("GET", "/api/v1/session", PERSON);
        row("DELETE", "/api/v1/session", PERSON);
        row("GET", "/api/v1/sessions", PERSON);
        row("DELETE", "/api/v1/sessions/{session}", PERSON);
        row("PATCH", "/api/v1/me", PERSON);
        row("POST", "/api/v1/me/password", PERSON);
        row("GET", "/api/v1/permissions", SIGNED_IN);
        row("POST", "/api/v1/invitations/preview", PUBLIC);
        row("POST", "/api/v1/invitations/accept", PUBLIC);

        // Teams
        row("GET", "/api/v1/teams", SIGNED_IN);
        row("POST", "/api/v1/teams", PERSON);
        row("GET", "/api/v1/teams/{team}", TEAM_READ);
        row("PATCH", "/api/v1/teams/{team}", TEAM_WRITE);
        row("DELETE", "/api/v1/teams/{team}", TEAM_DELETE);
        row("GET", "/api/v1/teams/{team}/members", MEMBERS_READ);
        row("PATCH", "/api/v1/teams/{team}/members/{member}", MEMBERS_WRITE);
        row("DELETE", "/api/v1/teams/{team}/members/{member}", MEMBERS_WRITE);
        row("POST", "/api/v1/teams/{team}/leave", INSIDER);
        row("GET", "/api/v1/teams/{team}/invitations", MEMBERS_READ);
        row("POST", "/api/v1/teams/{team}/invitations", MEMBERS_WRITE);
        row("DELETE", "/api/v1/teams/{team}/invitations/{invitation}", MEMBERS_WRITE);
        row("GET", "/api/v1/teams/{team}/tokens", TOKENS_WRITE);
        row("POST", "/api/v1/teams/{team}/tokens", TOKENS_WRITE);
        row("DELETE", "/api/v1/teams/{team}/tokens/{token}", TOKENS_WRITE);
        row("GET", "/api/v1/teams/{team}/audit-events", AUDIT_READ);
        row("GET", "/api/v1/teams/{team}/audit-events/export", AUDIT_READ);
        rowInQuery("GET", "/api/v1/events", "team", TEAM_READ);

        // Realms
        row("GET", "/api/v1/teams/{team}/realms", REALMS_READ);
        row("POST", "/api/v1/teams/{team}/realms", REALMS_WRITE);
        row("GET", "/api/v1/realms/{realm}", REALMS_READ);
        row("PATCH", "/api/v1/realms/{realm}", REALMS_WRITE);
        row("DELETE", "/api/v1/realms/{realm}", REALMS_DELETE);
        row("GET", "/api/v1/realms/{realm}/signing-keys", REALMS_READ);
        row("POST", "/api/v1/realms/{realm}/signing-keys", REALMS_WRITE);
        row("GET", "/api/v1/realms/{realm}/events", USERS_READ);
        row("GET", "/api/v1/realms/{realm}/clients", REALMS_READ);
        row("POST", "/api/v1/realms/{realm}/clients", REALMS_WRITE);
        row("GET", "/api/v1/realms/{realm}/clients/{client}", REALMS_READ);
        row("PATCH", "/api/v1/realms/{realm}/clients/{client}", REALMS_WRITE);
        row("POST", "/api/v1/realms/{realm}/clients/{client}/secret", REALMS_WRITE);
        row("DELETE", "/api/v1/realms/{realm}/clients/{client}", REALMS_WRITE);
        row("GET", "/api/v1/realms/{realm}/connections", REALMS_READ);
        row("POST", "/api/v1/realms/{realm}/connections", REALMS_WRITE);
        row("GET", "/api/v1/realms/{realm}/connections/{connection}", REALMS_READ);
        row("PATCH", "/api/v1/realms/{realm}/connections/{connection}", REALMS_WRITE);
        row("DELETE", "/api/v1/realms/{realm}/connections/{connection}", REALMS_WRITE);
        row("GET", "/api/v1/realms/{realm}/users", USERS_READ);
        row("POST", "/api/v1/realms/{realm}/users", USERS_WRITE);
        row("GET", "/api/v1/realms/{realm}/users/{user}", USERS_READ);
        row("PATCH", "/api/v1/realms/{realm}/users/{user}", USERS_WRITE);
        row("POST", "/api/v1/realms/{realm}/users/{user}/password", USERS_WRITE);
        row("GET", "/api/v1/realms/{realm}/users/{user}/sessions", USERS_READ);
        row("DELETE", "/api/v1/realms/{realm}/users/{user}/sessions", USERS_WRITE);
        row("DELETE", "/api/v1/realms/{realm}/users/{user}", USERS_WRITE);

        // Projects and environments
        row("GET", "/api/v1/teams/{team}/projects", PROJECTS_READ);
        row("POST", "/api/v1/teams/{team}/projects", PROJECTS_WRITE);
        row("GET", "/api/v1/projects/{project}", PROJECTS_READ);
        row("PATCH", "/api/v1/projects/{project}", PROJECTS_WRITE);
        row("DELETE", "/api/v1/projects/{project}", PROJECTS_DELETE);
        row("GET", "/api/v1/projects/{project}/environments", PROJECTS_READ);
        row("POST", "/api/v1/projects/{project}/environments", PROJECTS_WRITE);
        row("GET", "/api/v1/environments/{environment}", PROJECTS_READ);
        row("PATCH", "/api/v1/environments/{environment}", PROJECTS_WRITE);
        row("DELETE", "/api/v1/environments/{environment}", PROJECTS_DELETE);

        // Servers
        row("GET", "/api/v1/teams/{team}/servers", SERVERS_READ);
        row("POST", "/api/v1/teams/{team}/servers", SERVERS_WRITE);
        row("GET", "/api/v1/servers/{server}", SERVERS_READ);
        row("PATCH", "/api/v1/servers/{server}", SERVERS_WRITE);
        row("DELETE", "/api/v1/servers/{server}", SERVERS_WRITE);
        row("POST", "/api/v1/servers/{server}/check", SERVERS_WRITE);

        // Sources
        row("GET", "/api/v1/teams/{team}/git-credentials", APPLICATIONS_READ);
        row("POST", "/api/v1/teams/{team}/git-credentials", APPLICATIONS_WRITE);
        row("GET", "/api/v1/git-credentials/{credential}", APPLICATIONS_READ);
        row("DELETE", "/api/v1/git-credentials/{credential}", APPLICATIONS_WRITE);
        row("DELETE", "/api/v1/git-credentials/{credential}/host-keys", APPLICATIONS_WRITE);
        row("POST", "/api/v1/teams/{team}/git-check", APPLICATIONS_WRITE);

        // Applications
        row("GET", "/api/v1/environments/{environment}/applications", APPLICATIONS_READ);
        row("POST", "/api/v1/environments/{environment}/applications", APPLICATIONS_WRITE);
        row("GET", "/api/v1/applications/{application}", APPLICATIONS_READ);
        row("PATCH", "/api/v1/applications/{application}", APPLICATIONS_WRITE);
        row("DELETE", "/api/v1/applications/{application}", APPLICATIONS_DELETE);
        row("GET", "/api/v1/applications/{application}/deletion-preview", APPLICATIONS_READ);
        row("GET", "/api/v1/applications/{application}/variables", VARIABLES_READ);
        row("POST", "/api/v1/applications/{application}/variables", VARIABLES_WRITE);
        row("PUT", "/api/v1/applications/{application}/variables", VARIABLES_WRITE);
        row("PUT", "/api/v1/applications/{application}/variables/{variable}", VARIABLES_WRITE);
        row("DELETE", "/api/v1/applications/{application}/variables/{variable}", VARIABLES_WRITE);
        row("POST", "/api/v1/applications/{application}/restart", DEPLOYMENTS_WRITE);
        row("POST", "/api/v1/applications/{application}/stop", DEPLOYMENTS_WRITE);
        row("POST", "/api/v1/applications/{application}/start", DEPLOYMENTS_WRITE);
        row("GET", "/api/v1/applications/{application}/logs", LOGS_READ);

        // Domains
        row("GET", "/api/v1/applications/{application}/domains", APPLICATIONS_READ);
        row("POST", "/api/v1/applications/{application}/domains", DOMAINS_WRITE);
        row("GET", "/api/v1/domains/{domain}", APPLICATIONS_READ);
        row("PATCH", "/api/v1/domains/{domain}", DOMAINS_WRITE);
        row("DELETE", "/api/v1/domains/{domain}", DOMAINS_WRITE);
        row("PUT", "/api/v1/domains/{domain}/certificate", DOMAINS_WRITE);

        // Deployments and releases
        row("GET", "/api/v1/applications/{application}/deployments", DEPLOYMENTS_READ);
        row("POST", "/api/v1/applications/{application}/deployments", DEPLOYMENTS_WRITE);
        row("GET", "/api/v1/deployments/{deployment}", DEPLOYMENTS_READ);
        row("POST", "/api/v1/deployments/{deployment}/cancel", DEPLOYMENTS_WRITE);
        row("GET", "/api/v1/deployments/{deployment}/log", LOGS_READ);
        row("GET", "/api/v1/applications/{application}/releases", DEPLOYMENTS_READ);
        row("GET", "/api/v1/releases/{release}", DEPLOYMENTS_READ);
    }

    /** The rule of an endpoint; empty when it has no row, which means that nobody may use it. */
    Optional<Rule> rule(Endpoint endpoint) {
        return Optional.ofNullable(rules.get(endpoint));
    }

    /** Every row, in the table's order. */
    Map<Endpoint, Rule> rows() {
        return Collections.unmodifiableMap(rules);
    }

    private void row(String method, String path, Permission permission) {
        row(method, path, new Rule.Holds(permission, null));
    }

    private void rowInQuery(String method, String path, String queryParameter, Permission permission) {
        row(method, path, new Rule.Holds(permission, queryParameter));
    }

    private void row(String method, String path, Rule rule) {
        if (rules.put(new Endpoint(method, path), rule) != null) {
            throw new IllegalStateException("two rows for " + method + " " + path);
        }
    }
}
