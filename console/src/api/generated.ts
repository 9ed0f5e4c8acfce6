// Generated from openapi/havenkeep.json by "npm run api".

export interface paths {
    "/api/v1/applications/{application}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get application */
        get: operations["getApplication"];
        put?: never;
        post?: never;
        /** Delete application */
        delete: operations["deleteApplication"];
        options?: never;
        head?: never;
        /** Change application */
        patch: operations["changeApplication"];
        trace?: never;
    };
    "/api/v1/applications/{application}/deletion-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Preview application deletion */
        get: operations["previewApplicationDeletion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deployments */
        get: operations["listDeployments"];
        put?: never;
        /** Create deployment */
        post: operations["createDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/domains": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List domains */
        get: operations["listDomains"];
        put?: never;
        /** Create domain */
        post: operations["createDomain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream application logs */
        get: operations["streamApplicationLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List releases */
        get: operations["listReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restart application */
        post: operations["restartApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start application */
        post: operations["startApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop application */
        post: operations["stopApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List variables */
        get: operations["listVariables"];
        /** Replace variables */
        put: operations["replaceVariables"];
        /** Create variable */
        post: operations["createVariable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application}/variables/{variable}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace variable */
        put: operations["replaceVariable"];
        post?: never;
        /** Delete variable */
        delete: operations["deleteVariable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{deployment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get deployment */
        get: operations["getDeployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{deployment}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel deployment */
        post: operations["cancelDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deployments/{deployment}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream deployment log */
        get: operations["streamDeploymentLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/domains/{domain}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get domain */
        get: operations["getDomain"];
        put?: never;
        post?: never;
        /** Delete domain */
        delete: operations["deleteDomain"];
        options?: never;
        head?: never;
        /** Change domain */
        patch: operations["changeDomain"];
        trace?: never;
    };
    "/api/v1/domains/{domain}/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Upload domain certificate */
        put: operations["uploadDomainCertificate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/environments/{environment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads an environment */
        get: operations["getEnvironment"];
        put?: never;
        post?: never;
        /** Deletes an environment, which must be empty */
        delete: operations["deleteEnvironment"];
        options?: never;
        head?: never;
        /** Changes an environment's name */
        patch: operations["updateEnvironment"];
        trace?: never;
    };
    "/api/v1/environments/{environment}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List applications */
        get: operations["listApplications"];
        put?: never;
        /** Create application */
        post: operations["createApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stream events */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/git-credentials/{credential}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get git credential */
        get: operations["getGitCredential"];
        put?: never;
        post?: never;
        /** Delete git credential */
        delete: operations["deleteGitCredential"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/git-credentials/{credential}/host-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget git host keys */
        delete: operations["forgetGitHostKeys"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept invitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview invitation */
        post: operations["previewInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Update profile */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change password */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List permissions */
        get: operations["listPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        /** Deletes a project and its environments, which must be empty */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /** Changes a project's name or description */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/api/v1/projects/{project}/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the project's environments that the caller may read, oldest first */
        get: operations["listEnvironments"];
        put?: never;
        /** Makes an environment */
        post: operations["createEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/releases/{release}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get release */
        get: operations["getRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/servers/{server}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a server */
        get: operations["getServer"];
        put?: never;
        post?: never;
        /** Removes a server, which must have no applications; nothing on it is touched */
        delete: operations["deleteServer"];
        options?: never;
        head?: never;
        /** Changes how a server is called or reached, or confirms its host key */
        patch: operations["updateServer"];
        trace?: never;
    };
    "/api/v1/servers/{server}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connects to a server and asks its engine for its version */
        post: operations["checkServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get session */
        get: operations["getSession"];
        put?: never;
        /** Sign in */
        post: operations["signIn"];
        /** Sign out */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List sessions */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete session */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get setup */
        get: operations["getSetup"];
        put?: never;
        /** Complete setup */
        post: operations["completeSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List teams */
        get: operations["listTeams"];
        put?: never;
        /** Create team */
        post: operations["createTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get team */
        get: operations["getTeam"];
        put?: never;
        post?: never;
        /** Delete team */
        delete: operations["deleteTeam"];
        options?: never;
        head?: never;
        /** Update team */
        patch: operations["updateTeam"];
        trace?: never;
    };
    "/api/v1/teams/{team}/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List audit events */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/audit-events/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export audit events */
        get: operations["exportAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/git-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check git repository */
        post: operations["checkGitRepository"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/git-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List git credentials */
        get: operations["listGitCredentials"];
        put?: never;
        /** Create git credential */
        post: operations["createGitCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invitations */
        get: operations["listInvitations"];
        put?: never;
        /** Create invitation */
        post: operations["createInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete invitation */
        delete: operations["deleteInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave team */
        post: operations["leaveTeam"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List members */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove member */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Update member */
        patch: operations["updateMember"];
        trace?: never;
    };
    "/api/v1/teams/{team}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the team's projects that the caller may read, oldest first */
        get: operations["listProjects"];
        put?: never;
        /** Makes a project, which begins with the environment production */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the team's servers, oldest first */
        get: operations["listServers"];
        put?: never;
        /** Adds a server that is reached over SSH */
        post: operations["createServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tokens */
        get: operations["listTokens"];
        put?: never;
        /** Create token */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete token */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says that the process answers; restart it when it does not */
        get: operations["checkLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says whether the process can do its work: database and job scheduler
         * @description Says whether the process can do its work: database and job scheduler. Answers 503 when it cannot.
         */
        get: operations["checkReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads the process's metrics for Prometheus, from this machine itself or with any API token */
        get: operations["readMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description How somebody accepts: signed in already, or with a name and a password for a new account. */
        Acceptance: {
            name?: string;
            /** Format: password */
            password?: string;
            /** Format: password */
            token: string;
        };
        /** @description Who may come through a domain. */
        AccessPolicy: components["schemas"]["AccessPolicyPublic"] | components["schemas"]["AccessPolicyIpAllowlist"] | components["schemas"]["AccessPolicyPrivate"];
        /** @description Who comes from one of these networks; everybody else is answered 403. */
        AccessPolicyIpAllowlist: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "ip-allowlist";
            networks: string[];
        };
        /** @description Nobody: the name is kept, but the edge has no route for it. */
        AccessPolicyPrivate: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "private";
        };
        /** @description Everybody. */
        AccessPolicyPublic: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "public";
        };
        /** @description An application as answers carry it: its writable members, where it belongs, and its status. */
        Application: {
            /** Format: date-time */
            changedAt: string;
            command?: string[];
            /** Format: date-time */
            createdAt: string;
            /** Format: int32 */
            drainSeconds?: number;
            /**
             * Format: uuid
             * @description An environment of a project, such as production.
             */
            environmentId?: string;
            healthCheck?: components["schemas"]["ApplicationSpecHealthCheckSpec"];
            /**
             * Format: uuid
             * @description An application in an environment.
             */
            id: string;
            /** Format: int32 */
            keptReleases?: number;
            /** @description An application's name, unique in its environment. It is also the host name under which the environment's other containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long. */
            name: string;
            /** Format: int32 */
            port?: number;
            /**
             * Format: uuid
             * @description A project of a team.
             */
            projectId?: string;
            releaseCommand?: string[];
            /** Format: int32 */
            replicas?: number;
            resources?: components["schemas"]["Resources"];
            /**
             * Format: uuid
             * @description A Linux server that Havenkeep deploys to.
             */
            serverId: string;
            source: components["schemas"]["Source"];
            status: components["schemas"]["ApplicationStatus"];
            /** Format: int32 */
            stopGraceSeconds?: number;
            strategy?: components["schemas"]["Strategy"];
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            teamId: string;
            /** Format: int64 */
            version: number;
            volumes?: components["schemas"]["ApplicationSpecVolumeSpec"][];
        };
        /** @description One page of a list. */
        ApplicationPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Application"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description The writable members of an application, as requests carry them: flat, and absent where a default will do. A merge patch is applied to the form that of gives. */
        ApplicationSpec: {
            command?: string[];
            /** Format: int32 */
            drainSeconds?: number;
            healthCheck?: components["schemas"]["ApplicationSpecHealthCheckSpec"];
            /** Format: int32 */
            keptReleases?: number;
            /** @description An application's name, unique in its environment. It is also the host name under which the environment's other containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long. */
            name: string;
            /** Format: int32 */
            port?: number;
            releaseCommand?: string[];
            /** Format: int32 */
            replicas?: number;
            resources?: components["schemas"]["Resources"];
            /**
             * Format: uuid
             * @description A Linux server that Havenkeep deploys to.
             */
            serverId: string;
            source: components["schemas"]["Source"];
            /** Format: int32 */
            stopGraceSeconds?: number;
            strategy?: components["schemas"]["Strategy"];
            volumes?: components["schemas"]["ApplicationSpecVolumeSpec"][];
        };
        /** @description A health check as requests carry it. */
        ApplicationSpecHealthCheckSpec: {
            command?: string[];
            /** Format: int32 */
            intervalSeconds?: number;
            path?: string;
            /** Format: int32 */
            retries?: number;
            /** Format: int32 */
            startPeriodSeconds?: number;
            /** Format: int32 */
            timeoutSeconds?: number;
        };
        /** @description The writable members of an application, as requests carry them: flat, and absent where a default will do. A merge patch is applied to the form that of gives. */
        ApplicationSpecPatch: {
            command?: string[] | null;
            /** Format: int32 */
            drainSeconds?: number | null;
            healthCheck?: components["schemas"]["ApplicationSpecHealthCheckSpec"] | null;
            /** Format: int32 */
            keptReleases?: number | null;
            /** @description An application's name, unique in its environment. It is also the host name under which the environment's other containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long. */
            name?: string | null;
            /** Format: int32 */
            port?: number | null;
            releaseCommand?: string[] | null;
            /** Format: int32 */
            replicas?: number | null;
            resources?: components["schemas"]["Resources"] | null;
            /**
             * Format: uuid
             * @description A Linux server that Havenkeep deploys to.
             */
            serverId?: string | null;
            source?: components["schemas"]["Source"] | null;
            /** Format: int32 */
            stopGraceSeconds?: number | null;
            strategy?: components["schemas"]["Strategy"] | null;
            volumes?: components["schemas"]["ApplicationSpecVolumeSpec"][] | null;
        };
        /** @description A volume as requests carry it. */
        ApplicationSpecVolumeSpec: {
            mountPath: string;
            name: string;
            readOnly?: boolean;
        };
        /** @description The status as answers carry it. */
        ApplicationStatus: {
            activeDeploymentId?: string;
            activeReleaseId?: string;
            /** @description Whether configuration or variables changed since the active release was made. */
            pendingChanges: boolean;
            /** Format: int32 */
            replicasRunning: number;
            state: components["schemas"]["ApplicationStatusState"];
        };
        /**
         * @description The state in one word.
         * @enum {string}
         */
        ApplicationStatusState: "none" | "deploying" | "running" | "degraded" | "stopped" | "deleting";
        /** @description Something that was done. */
        AuditEvent: {
            action: string;
            actor: components["schemas"]["AuditEventActor"];
            /** Format: date-time */
            at: string;
            /** @description What changed, by field, redacted. */
            changes: {
                [key: string]: unknown;
            };
            id: string;
            /** @description Where it happened; absent for the installation as a whole, such as a sign-in. */
            place?: components["schemas"]["AuditEventPlace"];
            /** @description The request that did it, which logs and answers name too. */
            requestId: string;
            target: components["schemas"]["AuditEventTarget"];
        };
        /** @description Who did it. */
        AuditEventActor: {
            /** @description From where, if by a request. */
            address?: string;
            /** @description `person`, `token`, `system` or `anonymous`. */
            kind: string;
            name: string;
            /** @description The API token that was used, if any. */
            tokenId?: string;
            userId?: string;
        };
        /** @description One page of a list. */
        AuditEventPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["AuditEvent"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description The team, and the part of it. */
        AuditEventPlace: {
            environmentId?: string;
            projectId?: string;
            teamId: string;
        };
        /** @description What it was done to, and how that was called then. */
        AuditEventTarget: {
            id: string;
            name: string;
            type: string;
        };
        /** @description Why a server is not reachable. */
        CheckProblem: {
            code: string;
            detail: string;
            title: string;
        };
        /**
         * @description Whether a part can do its work.
         * @enum {string}
         */
        Condition: "UP" | "DOWN";
        /** @description What somebody types to sign in. */
        Credentials: {
            email: string;
            /** Format: password */
            password: string;
        };
        /** @description What goes. */
        DeletionPreviewsPreview: {
            /** @description By name; they are asked to stop first. */
            containers: string[];
            /**
             * Format: int32
             * @description How many there were.
             */
            deployments: number;
            /** @description Hosts with their path prefixes; they lead nowhere from then on. */
            domains: string[];
            /**
             * Format: uuid
             * @description An application in an environment.
             */
            id: string;
            /** @description Those that its releases brought and no other application's release has. */
            images: string[];
            /**
             * Format: int64
             * @description How much their logs hold.
             */
            logBytes: number;
            name: string;
            /**
             * Format: int32
             * @description How many are kept.
             */
            releases: number;
            /** @description Why the server could not be asked, so that its containers and volumes are not known; absent when it answered. */
            serverProblem?: string;
            /** @description Go only on demand, with their data. */
            volumes: string[];
        };
        /** @description A deployment as answers carry it. */
        Deployment: {
            /**
             * Format: uuid
             * @description An application in an environment.
             */
            applicationId: string;
            cancelRequested: boolean;
            commit?: components["schemas"]["DeploymentSourceCommit"];
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /** Format: date-time */
            finishedAt?: string;
            /**
             * Format: uuid
             * @description One attempt to make a release live.
             */
            id: string;
            kind: components["schemas"]["DeploymentKind"];
            /** Format: int64 */
            number: number;
            problem?: components["schemas"]["DeploymentReason"];
            reason?: string;
            /**
             * Format: uuid
             * @description An image with its configuration.
             */
            releaseId?: string;
            /** Format: date-time */
            startedAt?: string;
            state: components["schemas"]["DeploymentState"];
            steps: components["schemas"]["DeploymentStep"][];
        };
        /**
         * @description Whether a deployment builds.
         * @enum {string}
         */
        DeploymentBuild: "auto" | "always" | "never";
        /**
         * @description What a deployment is for. All go through the same workflow; most skip some of its steps.
         * @enum {string}
         */
        DeploymentKind: "deploy" | "rollback" | "restart" | "stop" | "start";
        /** @description One page of a list. */
        DeploymentPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Deployment"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What would be done. */
        DeploymentPlansDeploymentPlan: {
            /** @description One line for each thing that would be done on the server, in order. */
            actions: string[];
            /** @description The commit that would be deployed, if it comes from a repository. */
            commit?: components["schemas"]["DeploymentSourceCommit"];
            /** @description What would become of the image: pulled, built, or used again. */
            image: string;
            /** @description What kind of deployment it is. */
            kind: components["schemas"]["DeploymentKind"];
        };
        /** @description Why it failed: the members of a problem that stay true. */
        DeploymentReason: {
            code: string;
            detail: string;
            title: string;
        };
        /** @description What is to be deployed. With a release it is a rollback to that one; else a new release is made. */
        DeploymentRequest: {
            /** @description Whether the image may be one that is there. */
            build?: components["schemas"]["DeploymentBuild"];
            /** @description The commit to deploy, at least its first 7 digits; absent for the tip of the branch. */
            commit?: string;
            /** @description A note that is shown beside the deployment. */
            reason?: string;
            /**
             * Format: uuid
             * @description The release to go back to.
             */
            releaseId?: string;
        };
        /** @description A commit as it was found. */
        DeploymentSourceCommit: {
            author: string;
            message: string;
            sha: string;
        };
        /**
         * @description Where a deployment is: waiting, in one of its steps, or at one of its ends.
         * @enum {string}
         */
        DeploymentState: "queued" | "fetching" | "building" | "pushing" | "releasing" | "starting" | "checking" | "switching" | "draining" | "succeeded" | "failed" | "cancelled" | "superseded";
        /** @description A step as answers carry it. */
        DeploymentStep: {
            /** Format: date-time */
            finishedAt?: string;
            name: components["schemas"]["Step"];
            /** Format: date-time */
            startedAt?: string;
            state: components["schemas"]["StepState"];
        };
        /** @description A domain as it is answered. */
        Domain: {
            accessPolicy: components["schemas"]["AccessPolicy"];
            /**
             * Format: uuid
             * @description An application in an environment.
             */
            applicationId: string;
            certificate: components["schemas"]["DomainCertificateSource"];
            compression: boolean;
            /** Format: date-time */
            createdAt: string;
            displayHost: string;
            forceHttps: boolean;
            host: string;
            /**
             * Format: uuid
             * @description A domain of an application.
             */
            id: string;
            pathPrefix: string;
            redirectTo?: string;
            requestHeaders: {
                [key: string]: string;
            };
            responseHeaders: {
                [key: string]: string;
            };
            status: components["schemas"]["DomainStatus"];
            stripPrefix: boolean;
            url: string;
            /** Format: int64 */
            version: number;
        };
        /**
         * @description Where the certificate of a host comes from.
         * @enum {string}
         */
        DomainCertificateSource: "automatic" | "internal" | "own" | "none";
        /** @description A change of a domain. */
        DomainChange: {
            accessPolicy?: components["schemas"]["AccessPolicy"] | null;
            certificate?: components["schemas"]["DomainCertificateSource"] | null;
            compression?: boolean | null;
            forceHttps?: boolean | null;
            /** @description A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            host?: string | null;
            /** @description The start of the paths that a route takes, in whole segments: `/api` takes `/api` and `/api/x` but not `/apix`. Decoded characters of RFC 3986's unreserved set and a few that need no escape. */
            pathPrefix?: string | null;
            /** @description A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            redirectTo?: string | null;
            requestHeaders?: {
                [key: string]: string;
            } | null;
            responseHeaders?: {
                [key: string]: string;
            } | null;
            stripPrefix?: boolean | null;
        };
        /** @description One page of a list. */
        DomainPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Domain"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description Whether a domain works. */
        DomainStatus: {
            /** @description What its host answers with; absent while there is none. */
            certificate?: components["schemas"]["DomainStatusCertificate"];
            /** @description For a person: what is waited for, or what is wrong and what to do. */
            detail: string;
            /** @description In one word. */
            state: components["schemas"]["DomainStatusState"];
        };
        /** @description A certificate as people know it. */
        DomainStatusCertificate: {
            issuer: string;
            /** Format: date-time */
            notAfter: string;
        };
        /**
         * @description In one word.
         * @enum {string}
         */
        DomainStatusState: "pending" | "active" | "error";
        /** @description Where applications of a project run together and reach each other, such as production or staging. */
        Environment: {
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description The environment's id.
             */
            id: string;
            /** @description Its name, unique in the project. */
            name: string;
            /**
             * Format: uuid
             * @description The project that it belongs to.
             */
            projectId: string;
            /**
             * Format: uuid
             * @description The team that the project belongs to.
             */
            teamId: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What to change about an environment; members that are absent stay as they are. */
        EnvironmentChange: {
            /** @description Unique in the project. */
            name?: string | null;
        };
        /** @description One page of a list. */
        EnvironmentPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Environment"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        GitCheck: {
            /**
             * Format: uuid
             * @description A credential for git repositories.
             */
            credentialId?: string;
            /** @description Where a git repository is: `https://`, `http://` or `ssh://`, or the short SSH form `git@host:path` (git-fetch(1), "Git URLs"). It holds no credential, names no file of this machine, and cannot be taken for an option of a program. */
            url: string;
        };
        GitCheckResult: {
            branches: string[];
            defaultBranch?: string;
        };
        GitCredential: {
            /** Format: date-time */
            createdAt: string;
            hostKeys: components["schemas"]["GitHostKey"][];
            /**
             * Format: uuid
             * @description A credential for git repositories.
             */
            id: string;
            kind: components["schemas"]["GitCredentialKind"];
            name: string;
            publicKey?: string;
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            teamId: string;
            username?: string;
        };
        /**
         * @description How it proves itself.
         * @enum {string}
         */
        GitCredentialKind: "deploy-key" | "token";
        /** @description One page of a list. */
        GitCredentialPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["GitCredential"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        GitHostKey: {
            fingerprint: string;
            /** Format: date-time */
            firstSeenAt: string;
            server: string;
        };
        /** @description A grant as the API shows and takes it. */
        GrantForm: {
            role: components["schemas"]["Role"];
            scope: components["schemas"]["GrantFormPlace"];
        };
        /** @description The part of the team that it is on. */
        GrantFormPlace: {
            /** @description Absent for the whole project. */
            environmentId?: string;
            /** @description May be left out when there is an environment. */
            projectId?: string;
        };
        /** @description The condition of this process. */
        Health: {
            /** @description The parts that were looked at, by name. */
            checks: {
                [key: string]: components["schemas"]["Condition"];
            };
            /** @description Down when any check is. */
            status: components["schemas"]["Condition"];
        };
        /** @description An open invitation. */
        InvitationInfo: {
            /** Format: date-time */
            createdAt: string;
            /** @description An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /** Format: date-time */
            expiresAt: string;
            grants: components["schemas"]["GrantForm"][];
            id: string;
            /**
             * Format: uuid
             * @description A person who can sign in.
             */
            invitedBy: string;
            /** @description What to send to the person; only in the answer that made it. */
            link?: string;
            role: components["schemas"]["Role"];
        };
        /** @description One page of a list. */
        InvitationInfoPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["InvitationInfo"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What the person sees before accepting. */
        InvitationPreview: {
            accountExists: boolean;
            /** @description An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /** Format: date-time */
            expiresAt: string;
            invitedBy: string;
            role: components["schemas"]["Role"];
            teamName: string;
        };
        /** @description A person in a team. */
        Member: {
            /** Format: date-time */
            createdAt: string;
            /** @description An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            grants: components["schemas"]["GrantForm"][];
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            /**
             * Format: uuid
             * @description A person who can sign in.
             */
            userId: string;
        };
        /** @description What of a membership changes; what is absent stays. */
        MemberChange: {
            grants?: components["schemas"]["GrantForm"][];
            role?: components["schemas"]["Role"];
        };
        /** @description One page of a list. */
        MemberPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Member"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A domain to be; what is absent has its default. */
        NewDomain: {
            accessPolicy?: components["schemas"]["AccessPolicy"];
            certificate?: components["schemas"]["DomainCertificateSource"];
            compression?: boolean;
            forceHttps?: boolean;
            /** @description A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            host: string;
            /** @description The start of the paths that a route takes, in whole segments: `/api` takes `/api` and `/api/x` but not `/apix`. Decoded characters of RFC 3986's unreserved set and a few that need no escape. */
            pathPrefix?: string;
            /** @description A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            redirectTo?: string;
            requestHeaders?: {
                [key: string]: string;
            };
            responseHeaders?: {
                [key: string]: string;
            };
            stripPrefix?: boolean;
        };
        /** @description An environment to make. */
        NewEnvironment: {
            /** @description Unique in the project, for example staging. */
            name: string;
        };
        NewGitCredential: {
            kind: components["schemas"]["GitCredentialKind"];
            name: string;
            /** Format: password */
            secret?: string;
            username?: string;
        };
        /** @description Whom to invite, as what. */
        NewInvitation: {
            email: string;
            grants?: components["schemas"]["GrantForm"][];
            role: components["schemas"]["Role"];
        };
        /** @description A project to make. */
        NewProject: {
            /** @description What it is for, at most 2,000 characters. */
            description?: string;
            /** @description Unique in the team, whatever the case. */
            name: string;
        };
        /** @description A server to add. */
        NewServer: {
            /** @description Where its sshd answers. */
            host?: string;
            /** @description The host key to pin; absent to see and confirm the one of the first contact. */
            hostKey?: string;
            /** @description `ssh`; the machine of the control plane is there already, as `local`. */
            kind: components["schemas"]["ServerKind"];
            /** @description Unique in the team, as in a DNS label. */
            name: string;
            /**
             * Format: int32
             * @description Sshd's port, 22 unless said.
             */
            port?: number;
            /**
             * Format: password
             * @description An OpenSSH private key without a passphrase; absent to have one made.
             */
            privateKey?: string;
            /** @description Whom to sign in as, root unless said; must be allowed to use Docker. */
            user?: string;
        };
        /** @description A new team. */
        NewTeam: {
            name: string;
        };
        /** @description What a new token is for. */
        NewToken: {
            /** @description Networks (CIDR) from which it may be used; absent for anywhere. */
            allowedNetworks?: string[];
            /**
             * Format: date-time
             * @description Absent for a token that lasts until it is revoked.
             */
            expiresAt?: string;
            name: string;
            permissions: string[];
            /** @description The only projects that it reaches; absent for all of the team. */
            projectIds?: string[];
            readOnly?: boolean;
        };
        /** @description The secret of a link. */
        OpenedLink: {
            /** Format: password */
            token: string;
        };
        /** @description A certificate and its private key, both in PEM. */
        OwnCertificate: {
            certificatePem: string;
            /** Format: password */
            privateKeyPem: string;
        };
        /** @description A browser that is signed in. */
        OwnSession: {
            address: string;
            /** Format: date-time */
            createdAt: string;
            current: boolean;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** Format: date-time */
            lastSeenAt: string;
            userAgent: string;
        };
        /** @description One page of a list. */
        OwnSessionPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["OwnSession"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description The password of now, and the one from now on. */
        PasswordChange: {
            /** Format: password */
            current?: string;
            /** Format: password */
            new?: string;
        };
        /**
         * @description What a role or a token may be allowed to do. The text form is the one of API, SQL and UI.
         * @enum {string}
         */
        Permission: "team:read" | "team:write" | "team:delete" | "members:read" | "members:write" | "tokens:write" | "audit:read" | "servers:read" | "servers:write" | "projects:read" | "projects:write" | "projects:delete" | "applications:read" | "applications:write" | "applications:delete" | "variables:read" | "variables:write" | "domains:write" | "deployments:read" | "deployments:write" | "logs:read";
        /** @description Something that a role or a token may be allowed. */
        PermissionInfo: {
            description: string;
            permission: components["schemas"]["Permission"];
            readOnly: boolean;
        };
        /** @description One page of a list. */
        PermissionInfoPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["PermissionInfo"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What went wrong (RFC 9457). Further members depend on the code. */
        Problem: {
            /** @description Stable and machine-readable, for example `not-found`. */
            code: string;
            /** @description What happened this time and what to do about it. */
            detail: string;
            /** @description The input fields at fault, if any. */
            fields?: components["schemas"]["ProblemField"][];
            /** @description What to name when asking about it; also in `X-Request-ID`. */
            requestId: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description A short sentence that is the same for every occurrence. */
            title: string;
            /**
             * Format: uri
             * @description The code as a URI.
             */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** @description One input field at fault. */
        ProblemField: {
            /** @description What is wrong with it and what is accepted. */
            message: string;
            /** @description Where it is in the request, for example `healthCheck.path`. */
            path: string;
        };
        /** @description Another name. */
        ProfileUpdate: {
            name?: string;
        };
        /** @description A group of environments that belong together, such as one product. */
        Project: {
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /** @description What it is for, in its people's words. */
            description?: string;
            /**
             * Format: uuid
             * @description The project's id.
             */
            id: string;
            /** @description Its name, unique in the team. */
            name: string;
            /**
             * Format: uuid
             * @description The team that it belongs to.
             */
            teamId: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What to change about a project; members that are absent stay as they are. */
        ProjectChange: {
            /** @description What it is for; null removes it. */
            description?: string | null;
            /** @description Unique in the team, whatever the case. */
            name?: string | null;
        };
        /** @description One page of a list. */
        ProjectPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Project"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A release as answers carry it: the values of its variables are left out. */
        Release: {
            active: boolean;
            /**
             * Format: uuid
             * @description An application in an environment.
             */
            applicationId: string;
            commit?: components["schemas"]["DeploymentSourceCommit"];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description An image with its configuration.
             */
            id: string;
            image?: string;
            imageId?: string;
            /** Format: int64 */
            number?: number;
            settings: components["schemas"]["ReleaseSettings"];
            variables: string[];
        };
        /** @description One page of a list. */
        ReleasePage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Release"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What of its configuration a release is told apart by. */
        ReleaseSettings: {
            command: string[];
            /** Format: int32 */
            port?: number;
            releaseCommand: string[];
            /** Format: int32 */
            replicas: number;
            source: components["schemas"]["Source"];
            strategy: components["schemas"]["Strategy"];
            volumes: components["schemas"]["VolumeMount"][];
        };
        /** @description Limits of each container of an application; absent means unlimited. */
        Resources: {
            /**
             * Format: double
             * @description Processor time, in processors; 0.01 to 512.
             */
            cpus?: number;
            /**
             * Format: int64
             * @description Memory, in bytes; at least 6 MiB, which is the least that Docker takes.
             */
            memoryBytes?: number;
        };
        /**
         * @description A named set of permissions, from all to none; RolePermissions says which. Each holds what the next holds.
         * @enum {string}
         */
        Role: "owner" | "admin" | "developer" | "viewer" | "none";
        /** @description A server. */
        Server: {
            /** Format: date-time */
            createdAt: string;
            host?: string;
            /** @description The pinned host key. */
            hostKey?: string;
            /** @description Its SHA-256 fingerprint, as `ssh-keygen -l` prints it. */
            hostKeyFingerprint?: string;
            /**
             * Format: uuid
             * @description A Linux server that Havenkeep deploys to.
             */
            id: string;
            kind: components["schemas"]["ServerKind"];
            /** @description A server's name: 1 to 63 lower-case letters, digits and inner hyphens, as in a DNS label (RFC 1123 section 2.1). */
            name: string;
            /** @description The host key of the first contact, to be confirmed by setting hostKey to it. */
            pendingHostKey?: string;
            /** @description Its SHA-256 fingerprint. */
            pendingHostKeyFingerprint?: string;
            /** Format: int32 */
            port?: number;
            /** @description What belongs into its user's `authorized_keys`. */
            publicKey?: string;
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            teamId: string;
            user?: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What to change about a server; members that are absent stay as they are. */
        ServerChange: {
            /** @description Where its sshd answers. */
            host?: string | null;
            /** @description The host key to pin: the pending one to confirm it; null to unpin. */
            hostKey?: string | null;
            /** @description Unique in the team. */
            name?: string | null;
            /**
             * Format: int32
             * @description Sshd's port.
             */
            port?: number | null;
            /**
             * Format: password
             * @description Another private key.
             */
            privateKey?: string | null;
            /** @description Whom to sign in as. */
            user?: string | null;
        };
        /** @description What the check found. */
        ServerCheck: {
            /** @description The newest engine API that it speaks. */
            apiVersion?: string;
            /** @description The machine's architecture, such as amd64. */
            architecture?: string;
            /** @description The Docker Engine's version, when it answers. */
            engineVersion?: string;
            /** @description Why it is not reachable, and what to do. */
            problem?: components["schemas"]["CheckProblem"];
            /** @description Whether the server and its engine answer, and it is a server of its own. */
            reachable: boolean;
        };
        /**
         * @description How a server is reached.
         * @enum {string}
         */
        ServerKind: "local" | "ssh";
        /** @description One page of a list. */
        ServerPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Server"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description Who the first owner is, and how the first team is called. */
        SetupRequest: {
            email: string;
            name: string;
            /** Format: password */
            password: string;
            teamName: string;
            /** Format: password */
            token: string;
        };
        /** @description What there is now. */
        SetupResult: {
            csrfToken: string;
            team: components["schemas"]["SetupResultNewTeam"];
            teams: components["schemas"]["SignedInOwnTeam"][];
            user: components["schemas"]["User"];
        };
        SetupResultNewTeam: {
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            id: string;
            name: string;
        };
        /** @description Whether nobody owns this installation yet. */
        SetupState: {
            required: boolean;
        };
        /** @description What a browser needs to know about whom it is signed in as. */
        SignedIn: {
            /** @description What each mutation must carry in `X-CSRF-Token`. */
            csrfToken: string;
            teams: components["schemas"]["SignedInOwnTeam"][];
            user: components["schemas"]["User"];
        };
        /** @description A part of the team on which they have a role besides. */
        SignedInOwnGrant: {
            /** @description What they may do there, all things considered. */
            permissions: components["schemas"]["Permission"][];
            role: components["schemas"]["Role"];
            scope: components["schemas"]["GrantFormPlace"];
        };
        /** @description A team that the person is in. */
        SignedInOwnTeam: {
            grants: components["schemas"]["SignedInOwnGrant"][];
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            id: string;
            name: string;
            /** @description What they may do in the whole team. */
            permissions: components["schemas"]["Permission"][];
            role: components["schemas"]["Role"];
        };
        /** @description Where an application's image comes from. */
        Source: components["schemas"]["SourceGit"] | components["schemas"]["SourceImage"];
        /** @description A Dockerfile in a git repository, built at each new commit. */
        SourceGit: {
            /** @description What to deploy when no commit is named; absent for the repository's default branch. */
            branch?: string;
            /** @description The folder of the repository that is the build's context; `.` for all of it. */
            contextDir: string;
            /**
             * Format: uuid
             * @description The team's git credential to use; absent for a public repository.
             */
            credentialId?: string;
            /** @description Its path, relative to the context. */
            dockerfile: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "git";
            /** @description The repository, over HTTPS, HTTP or SSH. */
            url: string;
        };
        /** @description A ready image from a registry. */
        SourceImage: {
            /** @description The reference, with a tag, a digest, or neither for `latest`. */
            image: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "image";
            /**
             * Format: password
             * @description That goes with it; never answered.
             */
            password?: string;
            /** @description For a registry that asks who is pulling. */
            username?: string;
        };
        /**
         * @description The steps of a deployment, in their order.
         * @enum {string}
         */
        Step: "fetching" | "building" | "pushing" | "releasing" | "starting" | "checking" | "switching" | "draining";
        /**
         * @description How far a step is.
         * @enum {string}
         */
        StepState: "pending" | "running" | "succeeded" | "failed" | "skipped";
        /**
         * @description How new containers take the place of the old ones.
         * @enum {string}
         */
        Strategy: "rolling" | "recreate";
        /** @description A team: people, and everything that is theirs together. */
        Team: {
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            id: string;
            name: string;
            /** Format: int64 */
            version: number;
        };
        /** @description What of a team can change. */
        TeamChange: {
            name?: string | null;
        };
        /** @description One page of a list. */
        TeamPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Team"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A token. */
        TokenInfo: {
            allowedNetworks: string[];
            /** Format: date-time */
            createdAt: string;
            createdBy?: components["schemas"]["User"];
            /** Format: date-time */
            expiresAt?: string;
            id: string;
            lastUsedAddress?: string;
            /** Format: date-time */
            lastUsedAt?: string;
            name: string;
            permissions: components["schemas"]["Permission"][];
            projectIds: string[];
            readOnly: boolean;
            /** @description What to send as a bearer token; only in the answer that made it. */
            token?: string;
        };
        /** @description One page of a list. */
        TokenInfoPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["TokenInfo"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A person, as others may see them. */
        User: {
            /** @description An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /**
             * Format: uuid
             * @description A person who can sign in.
             */
            id: string;
            name: string;
        };
        /** @description A variable as answers carry it; the value of a secret is left out. */
        Variable: {
            availability: components["schemas"]["VariableAvailability"];
            /** Format: date-time */
            changedAt: string;
            /**
             * Format: uuid
             * @description A variable of an application.
             */
            id: string;
            kind: components["schemas"]["VariableKind"];
            /** @description The name of an environment variable: any text that Linux can pass to a process (POSIX.1-2024 section 8.1), which leaves out only `=` and NUL. At most 4,096 bytes. */
            name: string;
            secret: boolean;
            value?: string;
        };
        /**
         * @description What gets to see the variable.
         * @enum {string}
         */
        VariableAvailability: "run" | "build" | "both";
        /**
         * @description Whether the value may be shown again.
         * @enum {string}
         */
        VariableKind: "plain" | "secret";
        /** @description All variables of an application, as they are to be. */
        VariableList: {
            items: components["schemas"]["VariableSpec"][];
        };
        /** @description One page of a list. */
        VariablePage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Variable"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A variable as requests carry it; a secret's value may be left out to keep the one that is there. */
        VariableSpec: {
            availability?: components["schemas"]["VariableAvailability"];
            kind?: components["schemas"]["VariableKind"];
            /** @description The name of an environment variable: any text that Linux can pass to a process (POSIX.1-2024 section 8.1), which leaves out only `=` and NUL. At most 4,096 bytes. */
            name: string;
            /** Format: password */
            value?: string;
        };
        /** @description A named volume of the application and where its containers see it. Replicas on one server share it. */
        VolumeMount: {
            /** @description An absolute path in the container, other than its root. */
            mountPath: string;
            /** @description Unique within the application. */
            name: string;
            /** @description Whether the containers may only read it. */
            readOnly: boolean;
        };
    };
    responses: {
        /** @description The request conflicts with what is there. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller may see the thing but not do this to it. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Some values are not accepted; `fields` names them. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or the caller may not know of it. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It has changed since it was read. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description If-Match is missing. */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Anything else that went wrong. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests; `Retry-After` says when to come back. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in, or the credentials are not valid. */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteApplication: {
        parameters: {
            query?: {
                abandon?: boolean;
                volumes?: string;
            };
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; it goes on by itself. */
            202: {
                headers: {
                    /** @description Where to see how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    changeApplication: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ApplicationSpecPatch"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    previewApplicationDeletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionPreviewsPreview"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listDeployments: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createDeployment: {
        parameters: {
            query?: {
                dryRun?: boolean;
            };
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeploymentRequest"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentPlansDeploymentPlan"];
                };
            };
            /** @description Accepted; it goes on by itself. */
            202: {
                headers: {
                    /** @description Where to see how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listDomains: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DomainPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createDomain: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDomain"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    streamApplicationLogs: {
        parameters: {
            query?: {
                /** @description Where to go on, for a client that cannot send Last-Event-ID. */
                lastEventId?: string;
                since?: string;
                tail?: number;
            };
            header?: {
                /** @description The id of the last event that was seen. */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listReleases: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    restartApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; it goes on by itself. */
            202: {
                headers: {
                    /** @description Where to see how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    startApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; it goes on by itself. */
            202: {
                headers: {
                    /** @description Where to see how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    stopApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; it goes on by itself. */
            202: {
                headers: {
                    /** @description Where to see how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listVariables: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariablePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    replaceVariables: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableList"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariablePage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createVariable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableSpec"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Variable"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    replaceVariable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
                /** @description The variable's id. */
                variable: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableSpec"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Variable"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteVariable: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The application's id. */
                application: string;
                /** @description The variable's id. */
                variable: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The deployment's id. */
                deployment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    cancelDeployment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The deployment's id. */
                deployment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted; it goes on by itself. */
            202: {
                headers: {
                    /** @description Where to see how it goes on. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    streamDeploymentLog: {
        parameters: {
            query?: {
                /** @description Where to go on, for a client that cannot send Last-Event-ID. */
                lastEventId?: string;
            };
            header?: {
                /** @description The id of the last event that was seen. */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description The deployment's id. */
                deployment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getDomain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The domain's id. */
                domain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteDomain: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The domain's id. */
                domain: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    changeDomain: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The domain's id. */
                domain: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["DomainChange"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    uploadDomainCertificate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The domain's id. */
                domain: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnCertificate"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Domain"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The environment's id. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteEnvironment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The environment's id. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateEnvironment: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The environment's id. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["EnvironmentChange"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listApplications: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The environment's id. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The environment's id. */
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplicationSpec"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    streamEvents: {
        parameters: {
            query: {
                /** @description Where to go on, for a client that cannot send Last-Event-ID. */
                lastEventId?: string;
                team: string;
            };
            header?: {
                /** @description The id of the last event that was seen. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getGitCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The git credential's id. */
                credential: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GitCredential"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteGitCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The git credential's id. */
                credential: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    forgetGitHostKeys: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The git credential's id. */
                credential: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    previewInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenedLink"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationPreview"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ProfileUpdate"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listPermissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PermissionInfoPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The project's id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The project's id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The project's id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ProjectChange"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listEnvironments: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The project's id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createEnvironment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The project's id. */
                project: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnvironment"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Environment"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The release's id. */
                release: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Release"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The server's id. */
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteServer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The server's id. */
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateServer: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The server's id. */
                server: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["ServerChange"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    checkServer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The server's id. */
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerCheck"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSessionPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The session's id. */
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    completeSetup: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupResult"];
                };
            };
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listTeams: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTeam"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getTeam: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateTeam: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["TeamChange"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                action?: string;
                actor?: string;
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
                since?: string;
                target?: string;
                until?: string;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    exportAuditEvents: {
        parameters: {
            query?: {
                action?: string;
                actor?: string;
                since?: string;
                target?: string;
                until?: string;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    checkGitRepository: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GitCheck"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GitCheckResult"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listGitCredentials: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GitCredentialPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createGitCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGitCredential"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GitCredential"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationInfoPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationInfo"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The invitation's id. */
                invitation: string;
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    leaveTeam: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The membership's id. */
                member: string;
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The membership's id. */
                member: string;
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/merge-patch+json": components["schemas"]["MemberChange"];
            };
        };
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewProject"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listServers: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createServer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServer"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description The version, for If-Match. */
                    ETag?: string;
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Server"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenInfoPage"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    /** @description Where the new thing is. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenInfo"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The team's id. */
                team: string;
                /** @description The API token's id. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    checkLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    checkReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    readMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As asked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
}
