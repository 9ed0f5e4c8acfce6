package dev.havenkeep.cli;

import static dev.havenkeep.cli.Field.of;
import static dev.havenkeep.cli.Field.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that are one operation of the API each, by the kind of thing that they are about. */
final class Actions {

    private static final String APP = "/applications/{application}";

    private Actions() {}

    /** A kind of thing, and what can be done with it. */
    record Group(String description, List<Action> actions) {}

    static Map<String, Group> groups() {
        Map<String, Group> groups = new LinkedHashMap<>();
        groups.put("projects", new Group("Projects of the team", projects()));
        groups.put("environments", new Group("Environments of a project", environments()));
        groups.put("apps", new Group("Applications of an environment", applications()));
        groups.put("variables", new Group("Variables of an application", variables()));
        groups.put("domains", new Group("Domains of an application", domains()));
        groups.put("deployments", new Group("Deployments of an application", deployments()));
        groups.put("releases", new Group("Releases of an application", releases()));
        groups.put("servers", new Group("Servers of the team", servers()));
        groups.put("credentials", new Group("Credentials for git repositories", credentials()));
        groups.put("teams", new Group("Your teams", teams()));
        groups.put("members", new Group("Members of the team", members()));
        groups.put("invitations", new Group("Invitations to the team", invitations()));
        groups.put("tokens", new Group("API tokens of the team", tokens()));
        groups.put("realms", new Group("Realms of people who sign in to applications", realms()));
        groups.put("clients", new Group("Clients of a realm", clients()));
        groups.put("connections", new Group("Upstream providers of a realm", connections()));
        groups.put("users", new Group("Users of a realm", users()));
        groups.put("audit", new Group("What was done, and by whom", audit()));
        return groups;
    }

    private static List<Action> projects() {
        return List.of(
                Action.list("/teams/{team}/projects", "List projects", "name", "description", "id"),
                Action.show("/projects/{project}", "Show a project"),
                Action.create(
                        "/teams/{team}/projects",
                        "Create a project, with an environment named production",
                        text("name", "/name", "its name").needed(),
                        text("description", "/description", "what it is for")),
                Action.update(
                        "/projects/{project}",
                        "Change a project",
                        text("name", "/name", "its new name"),
                        text("description", "/description", "what it is for")),
                Action.delete("/projects/{project}", "Delete an empty project"));
    }

    private static List<Action> environments() {
        return List.of(
                Action.list("/projects/{project}/environments", "List a project's environments", "name", "id"),
                Action.show("/environments/{environment}", "Show an environment"),
                Action.create(
                        "/projects/{project}/environments",
                        "Create an environment",
                        text("name", "/name", "its name").needed()),
                Action.update(
                        "/environments/{environment}", "Rename an environment", text("name", "/name", "its new name")),
                Action.delete("/environments/{environment}", "Delete an empty environment"));
    }

    private static Field[] application(boolean fresh) {
        Field name = text("name", "/name", "its name");
        Field server = of(Field.Type.SERVER, "server", "/serverId", "the server that it runs on");
        return new Field[] {
            fresh ? name.needed() : name,
            fresh ? server.needed() : server,
            text("git", "/source/url", "build from this git repository").with("/source/kind", "git"),
            text("branch", "/source/branch", "the branch; else the repository's default")
                    .with("/source/kind", "git"),
            of(Field.Type.CREDENTIAL, "credential", "/source/credentialId", "the git credential")
                    .with("/source/kind", "git"),
            text("dockerfile", "/source/dockerfile", "its path in the context; else Dockerfile")
                    .with("/source/kind", "git"),
            text("context", "/source/contextDir", "the folder that the build sees; else all")
                    .with("/source/kind", "git"),
            text("image", "/source/image", "run this image, for example nginx:1.27")
                    .with("/source/kind", "image"),
            text("registry-user", "/source/username", "who pulls it").with("/source/kind", "image"),
            of(Field.Type.SECRET, "registry-password", "/source/password", "their password (-, @FILE, or asked)")
                    .with("/source/kind", "image"),
            of(Field.Type.NUMBER, "port", "/port", "where it listens; none for a worker"),
            of(Field.Type.NUMBER, "replicas", "/replicas", "how many containers"),
            text("health-path", "/healthCheck/path", "what to ask for to see that it is healthy"),
            of(Field.Type.WORDS, "health-command", "/healthCheck/command", "or a command in the container"),
            of(Field.Type.NUMBER, "health-interval", "/healthCheck/intervalSeconds", "seconds between checks"),
            of(Field.Type.NUMBER, "health-timeout", "/healthCheck/timeoutSeconds", "seconds a check may take"),
            of(
                    Field.Type.NUMBER,
                    "health-start-period",
                    "/healthCheck/startPeriodSeconds",
                    "seconds it may take to start"),
            of(Field.Type.NUMBER, "health-retries", "/healthCheck/retries", "failed checks until it is unhealthy"),
            of(Field.Type.DECIMAL, "cpus", "/resources/cpus", "how many CPUs it may use"),
            of(Field.Type.BYTES, "memory", "/resources/memoryBytes", "how much memory it may use, for example 512M"),
            of(Field.Type.VOLUMES, "volume", "/volumes", "NAME:/PATH[:ro], again for more"),
            of(Field.Type.WORDS, "release-command", "/releaseCommand", "runs before each release"),
            of(Field.Type.WORDS, "command", "/command", "instead of the image's own"),
            of(Field.Type.NUMBER, "stop-grace", "/stopGraceSeconds", "seconds between SIGTERM and SIGKILL"),
            of(Field.Type.NUMBER, "drain", "/drainSeconds", "seconds that requests under way may take"),
            text("strategy", "/strategy", "rolling or recreate"),
            of(Field.Type.NUMBER, "kept-releases", "/keptReleases", "how many releases to keep")
        };
    }

    private static List<Action> applications() {
        return List.of(
                Action.list(
                        "/environments/{environment}/applications",
                        "List an environment's applications",
                        "name",
                        "status.state",
                        "status.replicasRunning=replicas",
                        "source.kind=source",
                        "port",
                        "id"),
                Action.show(APP, "Show an application"),
                Action.create("/environments/{environment}/applications", "Create an application", application(true)),
                Action.update(APP, "Change an application; deploy to make it so", application(false)),
                Action.delete(APP, "Delete an application")
                        .with(
                                text("volumes", "volumes", "keep or delete"),
                                text("abandon", "abandon", "true: even when its server is gone for good")),
                Action.show(APP + "/deletion-preview", "Show what deleting it would take along")
                        .named("deletion-preview"));
    }

    private static List<Action> variables() {
        return List.of(
                Action.list(
                        APP + "/variables",
                        "List variables; secrets without values",
                        "name",
                        "value",
                        "kind",
                        "availability",
                        "changedAt=changed"),
                Action.delete(APP + "/variables/{variable}", "Delete a variable"));
    }

    private static Field[] domain(boolean fresh) {
        Field host = text("host", "/host", "the host name");
        return new Field[] {
            fresh ? host.needed() : host,
            text("path", "/pathPrefix", "only requests under this path"),
            of(Field.Type.FLAG, "strip-prefix", "/stripPrefix", "the application does not see the path prefix"),
            text("certificate", "/certificate", "automatic, internal, own or none"),
            text("redirect-to", "/redirectTo", "send visitors to this host"),
            of(Field.Type.FLAG, "force-https", "/forceHttps", "send http:// to https://"),
            of(Field.Type.FLAG, "compression", "/compression", "compress answers"),
            of(
                    Field.Type.HEADERS,
                    "response-header",
                    "/responseHeaders",
                    "'Name: value' for each answer, again for more"),
            of(
                    Field.Type.HEADERS,
                    "request-header",
                    "/requestHeaders",
                    "'Name: value' for each request, again for more"),
            text("access", "/accessPolicy/kind", "public, ip-allowlist or private"),
            of(Field.Type.LIST, "network", "/accessPolicy/networks", "an allowed network, again for more")
                    .with("/accessPolicy/kind", "ip-allowlist")
        };
    }

    private static List<Action> domains() {
        return List.of(
                Action.list(
                        APP + "/domains",
                        "List domains",
                        "host",
                        "pathPrefix=path",
                        "status.state",
                        "certificate",
                        "id"),
                Action.show("/domains/{domain}", "Show a domain").after("application"),
                Action.create(APP + "/domains", "Add a domain", domain(true)).named("add"),
                Action.update("/domains/{domain}", "Change a domain", domain(false))
                        .after("application"),
                Action.delete("/domains/{domain}", "Remove a domain").after("application"),
                Action.run(
                                "set-certificate",
                                "PUT",
                                "/domains/{domain}/certificate",
                                "Use a certificate of your own",
                                of(Field.Type.SECRET, "certificate", "/certificatePem", "@FILE with the chain in PEM")
                                        .needed(),
                                of(Field.Type.SECRET, "key", "/privateKeyPem", "@FILE with the private key in PEM")
                                        .needed())
                        .after("application"));
    }

    private static List<Action> deployments() {
        return List.of(
                Action.list(
                        APP + "/deployments",
                        "List deployments, newest first",
                        "number",
                        "kind",
                        "state",
                        "commit.message=commit",
                        "createdBy=by",
                        "createdAt=created",
                        "id"),
                Action.show("/deployments/{deployment}", "Show a deployment, by its number or id")
                        .after("application"),
                Action.run("cancel", "POST", "/deployments/{deployment}/cancel", "Cancel a deployment")
                        .after("application"));
    }

    private static List<Action> releases() {
        return List.of(
                Action.list(
                        APP + "/releases",
                        "List kept releases",
                        "number",
                        "active",
                        "image",
                        "commit.message=commit",
                        "createdAt=created",
                        "id"),
                Action.show("/releases/{release}", "Show a release, by its number or id")
                        .after("application"));
    }

    private static List<Action> servers() {
        return List.of(
                Action.list("/teams/{team}/servers", "List servers", "name", "kind", "host", "id"),
                Action.show("/servers/{server}", "Show a server, with the public key that it must let in"),
                Action.create(
                                "/teams/{team}/servers",
                                "Add a server; its answer has the public key to put into authorized_keys there",
                                text("name", "/name", "its name").needed(),
                                text("host", "/host", "where its sshd answers")
                                        .with("/kind", "ssh")
                                        .needed(),
                                of(Field.Type.NUMBER, "port", "/port", "its SSH port; else 22"),
                                text("user", "/user", "who to sign in as; else root"),
                                of(
                                        Field.Type.SECRET,
                                        "private-key",
                                        "/privateKey",
                                        "@FILE with your key; else one is made"),
                                text("host-key", "/hostKey", "the host key to expect; else confirm what it shows"))
                        .named("add"),
                Action.update(
                        "/servers/{server}",
                        "Change a server",
                        text("name", "/name", "its name"),
                        text("host", "/host", "where its sshd answers"),
                        of(Field.Type.NUMBER, "port", "/port", "its SSH port"),
                        text("user", "/user", "who to sign in as"),
                        of(Field.Type.SECRET, "private-key", "/privateKey", "@FILE with another key"),
                        text("host-key", "/hostKey", "the host key to expect")),
                Action.delete("/servers/{server}", "Remove a server"),
                Action.run("check", "POST", "/servers/{server}/check", "See whether a server can be used"));
    }

    private static List<Action> credentials() {
        return List.of(
                Action.list("/teams/{team}/git-credentials", "List git credentials", "name", "kind", "username", "id"),
                Action.show("/git-credentials/{credential}", "Show a git credential with its public key"),
                Action.create(
                        "/teams/{team}/git-credentials",
                        "Create a git credential",
                        text("name", "/name", "its name").needed(),
                        text("kind", "/kind", "deploy-key or token").needed(),
                        text("username", "/username", "for a token"),
                        of(Field.Type.SECRET, "secret", "/secret", "the token (-, @FILE, or asked)")),
                Action.delete("/git-credentials/{credential}", "Delete a git credential"),
                Action.run(
                                "forget-host-keys",
                                "DELETE",
                                "/git-credentials/{credential}/host-keys",
                                "Forget the host keys of the servers that it met")
                        .as(Action.Shape.DELETE),
                Action.run(
                        "check",
                        "POST",
                        "/teams/{team}/git-check",
                        "See whether a repository can be read, and its branches",
                        text("git", "/url", "the repository").needed(),
                        of(Field.Type.CREDENTIAL, "credential", "/credentialId", "the git credential")));
    }

    private static List<Action> teams() {
        return List.of(
                Action.list("/teams", "List your teams", "name", "id"),
                Action.show("/teams/{team}", "Show the team"),
                Action.update("/teams/{team}", "Rename the team", text("name", "/name", "its new name")),
                Action.delete("/teams/{team}", "Delete the team"),
                Action.list(
                                "/permissions",
                                "List what a role or a token can be allowed",
                                "permission",
                                "readOnly",
                                "description")
                        .named("permissions"));
    }

    private static List<Action> members() {
        return List.of(
                Action.list("/teams/{team}/members", "List members", "email", "name", "role", "id"),
                Action.update(
                                "/teams/{team}/members/{member}",
                                "Change what a member may do",
                                text("role", "/role", "owner, admin, developer, viewer or none"),
                                of(Field.Type.JSON, "grants", "/grants", "[{\"scope\":{\"projectId\":…},\"role\":…}]"))
                        .as(Action.Shape.DO),
                Action.delete("/teams/{team}/members/{member}", "Remove a member"));
    }

    private static List<Action> invitations() {
        return List.of(
                Action.list(
                        "/teams/{team}/invitations", "List invitations", "email", "role", "expiresAt=expires", "id"),
                Action.create(
                        "/teams/{team}/invitations",
                        "Invite somebody; answers the link to send them",
                        text("email", "/email", "their address").needed(),
                        text("role", "/role", "owner, admin, developer, viewer or none")
                                .needed(),
                        of(Field.Type.JSON, "grants", "/grants", "[{\"scope\":{\"projectId\":…},\"role\":…}]")),
                Action.delete("/teams/{team}/invitations/{invitation}", "Take an invitation back"));
    }

    private static List<Action> tokens() {
        return List.of(
                Action.list(
                        "/teams/{team}/tokens",
                        "List tokens",
                        "name",
                        "readOnly",
                        "permissions",
                        "expiresAt=expires",
                        "lastUsedAt=used",
                        "id"),
                Action.create(
                        "/teams/{team}/tokens",
                        "Create a token; it is shown once",
                        text("name", "/name", "its name").needed(),
                        of(Field.Type.LIST, "permission", "/permissions", "what it may do, again for more")
                                .needed(),
                        of(Field.Type.PROJECTS, "project", "/projectIds", "the only projects that it reaches"),
                        text("expires", "/expiresAt", "when it ends, for example 2027-01-31T00:00:00Z"),
                        of(
                                Field.Type.LIST,
                                "network",
                                "/allowedNetworks",
                                "where it may be used, for example 192.0.2.0/24"),
                        of(Field.Type.FLAG, "read-only", "/readOnly", "it may change nothing")),
                Action.delete("/teams/{team}/tokens/{token}", "Revoke a token"));
    }

    private static List<Action> realms() {
        return List.of(
                Action.list("/teams/{team}/realms", "List realms", "name", "issuer", "id"),
                Action.show("/realms/{realm}", "Show a realm and its settings"),
                Action.create(
                        "/teams/{team}/realms",
                        "Create a realm",
                        text("name", "/name", "its part in addresses; it never changes")
                                .needed(),
                        text("display-name", "/displayName", "what people read on its pages"),
                        text("host", "/host", "a host of its own, for example auth.example.com"),
                        text(
                                "database",
                                "/database/url",
                                "a PostgreSQL database of its own: jdbc:postgresql://HOST/NAME"),
                        text("database-user", "/database/user", "who signs in there"),
                        of(Field.Type.SECRET, "database-password", "/database/password", "their password (-, @FILE)")),
                Action.update(
                        "/realms/{realm}",
                        "Change a realm",
                        text("display-name", "/displayName", "what people read on its pages"),
                        text("host", "/host", "the host that is its issuer"),
                        of(
                                Field.Type.JSON,
                                "sign-up",
                                "/signUp",
                                "{\"mode\":\"open|domains|invited|closed\",\"domains\":[…]}"),
                        of(Field.Type.NUMBER, "password-length", "/passwords/shortest", "characters at least"),
                        of(Field.Type.JSON, "lifetimes", "/lifetimes", "seconds: {\"accessToken\":900,…}"),
                        of(Field.Type.JSON, "branding", "/branding", "{\"primaryColour\":\"#2f6f4f\",…}"),
                        text("language", "/language", "for browsers whose language it does not have"),
                        text("algorithm", "/algorithm", "ES256, RS256 or EdDSA")),
                Action.delete("/realms/{realm}", "Delete a realm with everybody in it"),
                Action.list(
                                "/realms/{realm}/signing-keys",
                                "List signing keys",
                                "algorithm",
                                "signsFrom=from",
                                "signsUntil=until",
                                "id")
                        .named("keys"),
                Action.run(
                        "rotate-key",
                        "POST",
                        "/realms/{realm}/signing-keys",
                        "Replace a signing key at once; its tokens stay valid",
                        text("algorithm", "/algorithm", "ES256, RS256 or EdDSA").needed()),
                Action.list(
                                "/realms/{realm}/events",
                                "List what happened at the door, newest first",
                                "at",
                                "kind",
                                "success",
                                "reason",
                                "email",
                                "clientId=client",
                                "address")
                        .named("events")
                        .with(
                                text("kind", "kind", "only this kind, for example sign-in"),
                                text("success", "success", "true or false"),
                                text("user", "user", "only about the user with this id"),
                                text("client", "client", "only asked for by this client_id")));
    }

    private static List<Action> clients() {
        return List.of(
                Action.list("/realms/{realm}/clients", "List clients", "clientId", "name", "kind", "id"),
                Action.show("/realms/{realm}/clients/{client}", "Show a client"),
                Action.create(
                        "/realms/{realm}/clients",
                        "Create a client; its secret is shown once",
                        text("name", "/name", "what people read").needed(),
                        text("kind", "/kind", "web, single-page, native, machine or device")
                                .needed(),
                        text("client-id", "/clientId", "what it calls itself; else one is made"),
                        of(Field.Type.LIST, "redirect", "/redirectUris", "where answers may go, again for more")),
                Action.update(
                        "/realms/{realm}/clients/{client}",
                        "Change a client",
                        text("name", "/name", "what people read"),
                        of(Field.Type.LIST, "redirect", "/redirectUris", "where answers may go, again for more"),
                        of(
                                Field.Type.LIST,
                                "after-logout",
                                "/afterLogoutUris",
                                "where a browser may go after signing out"),
                        text("back-channel-logout", "/backChannelLogoutUri", "where a session's end is announced"),
                        of(Field.Type.LIST, "grant", "/grants", "for example authorization_code, again for more"),
                        of(Field.Type.LIST, "scope", "/scopes", "what it may ask for, again for more"),
                        of(Field.Type.FLAG, "consent", "/consent", "people are asked first"),
                        of(Field.Type.FLAG, "pkce", "/pkce", "it must use PKCE"),
                        of(Field.Type.FLAG, "pushed", "/pushed", "it must push its authorization requests"),
                        of(Field.Type.LIST, "proof", "/proofs", "for example client_secret_basic, again for more"),
                        of(Field.Type.SECRET, "keys", "/keys", "@FILE with its public keys as a JWK set"),
                        text("keys-url", "/keysUrl", "where that set is"),
                        text("certificate-subject", "/certificateSubject", "the name in its certificate"),
                        text("algorithm", "/algorithm", "ES256, RS256 or EdDSA"),
                        text("token-format", "/tokenFormat", "jwt or opaque"),
                        of(Field.Type.NUMBER, "access-seconds", "/accessSeconds", "how long access tokens live"),
                        of(Field.Type.NUMBER, "refresh-seconds", "/refreshSeconds", "how long refresh tokens live"),
                        of(Field.Type.FLAG, "bound", "/bound", "its tokens are bound to a key (DPoP)"),
                        of(Field.Type.LIST, "connection", "/connections", "an upstream provider, again for more"),
                        text("logo-url", "/logoUrl", "an https address of an image")),
                Action.run(
                        "rotate-secret",
                        "POST",
                        "/realms/{realm}/clients/{client}/secret",
                        "Give a client a new secret; the one before ends"),
                Action.delete("/realms/{realm}/clients/{client}", "Delete a client"));
    }

    private static Field[] connection(boolean fresh) {
        Field label = text("label", "/label", "what its button says");
        Field client = text("client-id", "/clientId", "what the provider calls this realm");
        Field secret =
                of(Field.Type.SECRET, "secret", "/secret", "the client secret, or Apple's .p8 (-, @FILE, or asked)");
        return new Field[] {
            fresh ? label.needed() : label,
            fresh ? client.needed() : client,
            fresh ? secret.needed() : secret,
            of(Field.Type.FLAG, "enabled", "/enabled", "it can be used"),
            of(Field.Type.LIST, "scope", "/scopes", "what to ask for; else the kind's usual"),
            text("hosted-domain", "/hostedDomain", "Google: the one Workspace domain"),
            text("tenant", "/tenant", "Microsoft: common, organizations, consumers or a tenant"),
            of(Field.Type.LIST, "trusted-tenant", "/trustedTenants", "Microsoft: whose addresses are proof"),
            text("team-id", "/teamId", "Apple: the developer team"),
            text("key-id", "/keyId", "Apple: the key for Sign in with Apple"),
            text("issuer", "/issuer", "OpenID: exactly what the provider calls itself"),
            of(Field.Type.LIST, "trusted-domain", "/trustedDomains", "OpenID: whose addresses are proof; * for all")
        };
    }

    private static List<Action> connections() {
        List<Field> create = new ArrayList<>(List.of(
                text("name", "/name", "its part in the callback; it never changes")
                        .needed(),
                text("kind", "/kind", "google, github, microsoft, apple or oidc")
                        .needed()));
        create.addAll(List.of(connection(true)));
        return List.of(
                Action.list(
                        "/realms/{realm}/connections", "List connections", "name", "kind", "label", "enabled", "id"),
                Action.show("/realms/{realm}/connections/{connection}", "Show a connection with its callback"),
                Action.create(
                        "/realms/{realm}/connections",
                        "Create a connection; its answer has the callback that the provider must know",
                        create.toArray(Field[]::new)),
                Action.update("/realms/{realm}/connections/{connection}", "Change a connection", connection(false)),
                Action.delete("/realms/{realm}/connections/{connection}", "Delete a connection"));
    }

    private static List<Action> users() {
        return List.of(
                Action.list(
                                "/realms/{realm}/users",
                                "List users",
                                "email",
                                "name",
                                "emailVerified=verified",
                                "blocked",
                                "lastSignInAt=signed in",
                                "id")
                        .with(text("search", "search", "the beginning of an address or name")),
                Action.show("/realms/{realm}/users/{user}", "Show a user"),
                Action.create(
                        "/realms/{realm}/users",
                        "Create a user",
                        text("email", "/email", "their address").needed(),
                        text("name", "/name", "what others call them").needed(),
                        of(Field.Type.FLAG, "email-verified", "/emailVerified", "they read mail there"),
                        of(Field.Type.SECRET, "password", "/password", "what they sign in with (-, @FILE, or asked)")),
                Action.update(
                        "/realms/{realm}/users/{user}",
                        "Change, block or unblock a user",
                        text("email", "/email", "their address"),
                        text("name", "/name", "what others call them"),
                        of(Field.Type.FLAG, "email-verified", "/emailVerified", "they read mail there"),
                        of(Field.Type.FLAG, "blocked", "/blocked", "they are kept out")),
                Action.run(
                        "set-password",
                        "POST",
                        "/realms/{realm}/users/{user}/password",
                        "Set a user's password and end their sessions",
                        of(Field.Type.SECRET, "password", "/password", "the new one (-, @FILE, or asked)")
                                .needed()),
                Action.list(
                                "/realms/{realm}/users/{user}/sessions",
                                "List a user's sessions",
                                "createdAt=began",
                                "device.address=address",
                                "device.userAgent=browser",
                                "id")
                        .named("sessions"),
                Action.run("sign-out", "DELETE", "/realms/{realm}/users/{user}/sessions", "End every session of a user")
                        .as(Action.Shape.DELETE),
                Action.delete("/realms/{realm}/users/{user}", "Delete a user"));
    }

    private static List<Action> audit() {
        Field[] query = {
            text("actor", "actor", "by whom"),
            text("action", "action", "what, for example application.created"),
            text("target", "target", "to what"),
            text("since", "since", "not before, for example 2026-01-31T00:00:00Z"),
            text("until", "until", "not after")
        };
        return List.of(
                Action.list(
                                "/teams/{team}/audit-events",
                                "List audit events",
                                "at",
                                "actor.name=actor",
                                "action",
                                "target.name=target",
                                "requestId=request")
                        .with(query),
                Action.show("/teams/{team}/audit-events/export", "Print all audit events, one JSON object a line")
                        .named("export")
                        .with(query)
                        .as(Action.Shape.STREAM));
    }
}
