// Generated from openapi/havenkeep.json by "npm run api".

export interface paths {
    "/api/v1/applications/{application}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads an application with its status */
        get: operations["getApplication"];
        put?: never;
        post?: never;
        /**
         * Deletes an application and what belongs to it
         * @description Its volumes stay unless told otherwise.
         */
        delete: operations["deleteApplication"];
        options?: never;
        head?: never;
        /**
         * Changes an application
         * @description What runs stays as it is until the next deployment, which needs no build unless the source changed.
         */
        patch: operations["updateApplication"];
        trace?: never;
    };
    "/api/v1/applications/{application}/deletion-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says what would go if the application were deleted */
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
        /** Lists the deployments of an application, newest first */
        get: operations["listDeployments"];
        put?: never;
        /**
         * Deploys an application, or rolls it back to a release
         * @description With `dryRun` it only says what would be done. An unfinished deployment that still waits is superseded by this one.
         */
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
        /** Lists the domains of an application, oldest first */
        get: operations["listDomains"];
        put?: never;
        /**
         * Adds a domain to an application
         * @description A certificate is got by itself unless told otherwise.
         */
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
        /**
         * Streams what an application's containers print
         * @description It begins with some of what they printed before.
         */
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
        /**
         * Lists the kept releases of an application, newest first
         * @description Each can be rolled back to.
         */
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
        /**
         * Restarts an application
         * @description Its active release gets new containers, without an interruption.
         */
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
        /** Starts an application that was stopped, with the release that was active then */
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
        /** Stops an application: its containers go, what it keeps stays */
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
        /** Lists the variables of an application; values of secrets are left out */
        get: operations["listVariables"];
        /**
         * Replaces all variables of an application at once
         * @description A secret without a value keeps the one that is there; variables that are not named are removed.
         */
        put: operations["replaceVariables"];
        /** Adds a variable, which containers get with the next deployment */
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
        /**
         * Replaces a variable
         * @description A secret without a value keeps the one that is there.
         */
        put: operations["replaceVariable"];
        post?: never;
        /** Removes a variable, which containers lose with the next deployment */
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
        /** Reads a deployment with its steps */
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
        /** Cancels a deployment that has not ended, and undoes what it did */
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
        /** Streams a deployment's log: what is there, then what comes, to its end */
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
        /** Reads a domain with its status */
        get: operations["getDomain"];
        put?: never;
        post?: never;
        /** Removes a domain from an application */
        delete: operations["deleteDomain"];
        options?: never;
        head?: never;
        /** Changes a domain; no request that is under way fails */
        patch: operations["updateDomain"];
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
        /** Replaces the own certificate of a domain's host */
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
        /** Lists the applications of an environment, oldest first */
        get: operations["listApplications"];
        put?: never;
        /**
         * Creates an application
         * @description It runs only once it is deployed.
         */
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
        /**
         * Streams what changes in a team, as it changes
         * @description The caller hears of what they may read; who comes back with the id of the last event is told what they missed.
         */
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
        /** Reads a git credential; its secret is never answered */
        get: operations["getGitCredential"];
        put?: never;
        post?: never;
        /** Removes a git credential that no application uses */
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
        /**
         * Forgets the SSH host keys that were seen with a credential
         * @description The next contact with each host pins the key that it shows then.
         */
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
        /** Accepts an invitation, as the person signed in or with a new account */
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
        /** Says what an invitation's link leads to, without accepting it */
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
        /** Changes one's own name */
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
        /** Changes one's own password, and signs all other browsers out */
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
        /** Lists the permissions that a token can be given */
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
        /** Creates an environment */
        post: operations["createEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a realm and its settings */
        get: operations["getRealm"];
        put?: never;
        post?: never;
        /** Deletes a realm with everybody and everything in it */
        delete: operations["deleteRealm"];
        options?: never;
        head?: never;
        /** Changes a realm's host or settings */
        patch: operations["updateRealm"];
        trace?: never;
    };
    "/api/v1/realms/{realm}/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists a realm's clients, oldest first */
        get: operations["listClients"];
        put?: never;
        /** Creates a client; the answer has its secret, once */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/clients/{client}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a client */
        get: operations["getClient"];
        put?: never;
        post?: never;
        /** Deletes a client; what it was given ends with it */
        delete: operations["deleteClient"];
        options?: never;
        head?: never;
        /** Changes a client; one that begins to use a secret is given one */
        patch: operations["updateClient"];
        trace?: never;
    };
    "/api/v1/realms/{realm}/clients/{client}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a client a new secret; the one before ends */
        post: operations["rotateClientSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists a realm's connections, oldest first */
        get: operations["listConnections"];
        put?: never;
        /** Creates a connection; its answer has the callback */
        post: operations["createConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/connections/{connection}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a connection */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        /** Deletes a connection; who signed in with it keeps their account */
        delete: operations["deleteConnection"];
        options?: never;
        head?: never;
        /** Changes a connection */
        patch: operations["updateConnection"];
        trace?: never;
    };
    "/api/v1/realms/{realm}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what happened at a realm's door, the newest first */
        get: operations["listRealmEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists a realm's signing keys, oldest first */
        get: operations["listSigningKeys"];
        put?: never;
        /** Replaces a signing key at once; its tokens stay valid */
        post: operations["rotateSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists a realm's users, oldest first, or searches them */
        get: operations["listUsers"];
        put?: never;
        /** Creates a user */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads a user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Deletes a user with everything that is theirs */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /** Changes, blocks or unblocks a user */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/realms/{realm}/users/{user}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a user's password and ends all of their sessions */
        post: operations["setUserPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/realms/{realm}/users/{user}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists a user's live sessions, the newest first */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /** Ends every session of a user */
        delete: operations["endUserSessions"];
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
        /** Reads a release */
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
        /** Says who one is and what one may do, in each of one's teams */
        get: operations["getSession"];
        put?: never;
        /** Signs in with e-mail address and password; the answer sets the session's cookie */
        post: operations["signIn"];
        /** Signs this browser out */
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
        /** Lists the browsers in which one is signed in */
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
        /** Signs one of one's browsers out */
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
        /** Says whether this installation still waits for its first owner */
        get: operations["getSetup"];
        put?: never;
        /**
         * Creates the first owner and the first team, and signs the owner in
         * @description It needs the token that the server printed at its first start, and works once.
         */
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
        /** Lists the teams that the caller belongs to */
        get: operations["listTeams"];
        put?: never;
        /** Creates a team, with the caller as its owner */
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
        /** Reads a team */
        get: operations["getTeam"];
        put?: never;
        post?: never;
        /** Deletes a team, which must have no projects */
        delete: operations["deleteTeam"];
        options?: never;
        head?: never;
        /** Changes a team's name */
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
        /** Lists what was done in a team, newest first */
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
        /** Exports what was done in a team, newest first, as JSON lines */
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
        /** Checks that a repository can be read, and lists its branches */
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
        /** Lists the git credentials of a team, oldest first */
        get: operations["listGitCredentials"];
        put?: never;
        /** Adds a git credential: a generated deploy key, or a token */
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
        /** Lists the open invitations of a team */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invites somebody into a team
         * @description The answer has the link to send to them, once.
         */
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
        /** Withdraws an invitation; its link stops working */
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
        /** Leaves a team, of which one must not be the last owner */
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
        /** Lists the members of a team */
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
        /** Removes a member from a team; their tokens for it end */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /** Changes a member's role or grants */
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
        /** Creates a project, which begins with the environment production */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}/realms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the team's realms, oldest first */
        get: operations["listRealms"];
        put?: never;
        /** Creates a realm with a store of its own */
        post: operations["createRealm"];
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
        /** Lists the API tokens of a team: one's own, or all for who manages members */
        get: operations["listTokens"];
        put?: never;
        /**
         * Creates an API token
         * @description The answer has the token itself, once.
         */
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
        /** Revokes an API token at once */
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
        /**
         * Says that the process lives
         * @description Restart it when this does not answer.
         */
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
         * Says whether the process can do its work
         * @description That needs the database and the job scheduler.
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
        /**
         * Reads the process's metrics for Prometheus
         * @description From this machine itself it needs no credentials.
         */
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
            /** @description Of a new account, 1 to 100 characters. */
            name?: string;
            /**
             * Format: password
             * @description Of a new account, at least 12 characters.
             */
            password?: string;
            /**
             * Format: password
             * @description What stands behind the `#` of the link.
             */
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
            /** @description 1 to 1000 addresses or networks (CIDR). */
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
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            changedAt: string;
            /** @description An argument list in place of the image's own command. */
            command?: string[];
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /**
             * Format: int32
             * @description How long requests under way may take on the old containers, 0 to 3600; 30 when absent.
             * @default 30
             */
            drainSeconds?: number;
            /**
             * Format: uuid
             * @description The environment that it is in.
             */
            environmentId?: string;
            /** @description How to tell that a container is ready; absent for an open port. */
            healthCheck?: components["schemas"]["HealthCheckSpec"];
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: int32
             * @description How many releases stay available for a rollback, 1 to 100; 5 when absent.
             * @default 5
             */
            keptReleases?: number;
            /** @description An application's name, unique in its environment. It is also the host name under which the environment's other containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long. */
            name: string;
            /**
             * Format: int32
             * @description The container port that traffic goes to, 1 to 65535; absent for a worker, which gets none.
             */
            port?: number;
            /**
             * Format: uuid
             * @description The project of that environment.
             */
            projectId?: string;
            /** @description An argument list that runs once in the new image before it goes live, such as a schema migration. */
            releaseCommand?: string[];
            /**
             * Format: int32
             * @description How many containers run, 1 to 50; 1 when absent.
             * @default 1
             */
            replicas?: number;
            /** @description Limits of each container; absent for none. */
            resources?: components["schemas"]["Resources"];
            /**
             * Format: uuid
             * @description The server that it runs on.
             */
            serverId: string;
            /** @description Where its image comes from. */
            source: components["schemas"]["Source"];
            /** @description How it is. */
            status: components["schemas"]["ApplicationStatus"];
            /**
             * Format: int32
             * @description How long a container has to end by itself, 0 to 3600; 10 when absent.
             * @default 10
             */
            stopGraceSeconds?: number;
            /**
             * @description Whether old and new containers may run side by side; `rolling` when absent.
             * @default rolling
             */
            strategy?: components["schemas"]["Strategy"];
            /**
             * Format: uuid
             * @description The team of that project.
             */
            teamId: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
            /** @description What containers keep when they are replaced, at most 50. */
            volumes?: components["schemas"]["VolumeSpec"][];
        };
        /** @description One page of a list. */
        ApplicationPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Application"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description The writable members of an application, as requests carry them: flat, and absent where a default will do. */
        ApplicationSpec: {
            /** @description An argument list in place of the image's own command. */
            command?: string[];
            /**
             * Format: int32
             * @description How long requests under way may take on the old containers, 0 to 3600; 30 when absent.
             * @default 30
             */
            drainSeconds?: number;
            /** @description How to tell that a container is ready; absent for an open port. */
            healthCheck?: components["schemas"]["HealthCheckSpec"];
            /**
             * Format: int32
             * @description How many releases stay available for a rollback, 1 to 100; 5 when absent.
             * @default 5
             */
            keptReleases?: number;
            /** @description An application's name, unique in its environment. It is also the host name under which the environment's other containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long. */
            name: string;
            /**
             * Format: int32
             * @description The container port that traffic goes to, 1 to 65535; absent for a worker, which gets none.
             */
            port?: number;
            /** @description An argument list that runs once in the new image before it goes live, such as a schema migration. */
            releaseCommand?: string[];
            /**
             * Format: int32
             * @description How many containers run, 1 to 50; 1 when absent.
             * @default 1
             */
            replicas?: number;
            /** @description Limits of each container; absent for none. */
            resources?: components["schemas"]["Resources"];
            /**
             * Format: uuid
             * @description The server that it runs on.
             */
            serverId: string;
            /** @description Where its image comes from. */
            source: components["schemas"]["Source"];
            /**
             * Format: int32
             * @description How long a container has to end by itself, 0 to 3600; 10 when absent.
             * @default 10
             */
            stopGraceSeconds?: number;
            /**
             * @description Whether old and new containers may run side by side; `rolling` when absent.
             * @default rolling
             */
            strategy?: components["schemas"]["Strategy"];
            /** @description What containers keep when they are replaced, at most 50. */
            volumes?: components["schemas"]["VolumeSpec"][];
        };
        /** @description The writable members of an application, as requests carry them: flat, and absent where a default will do. */
        ApplicationSpecPatch: {
            /** @description An argument list in place of the image's own command. */
            command?: string[] | null;
            /**
             * Format: int32
             * @description How long requests under way may take on the old containers, 0 to 3600; 30 when absent.
             */
            drainSeconds?: number | null;
            healthCheck?: components["schemas"]["HealthCheckSpec"] | null;
            /**
             * Format: int32
             * @description How many releases stay available for a rollback, 1 to 100; 5 when absent.
             */
            keptReleases?: number | null;
            /** @description An application's name, unique in its environment. It is also the host name under which the environment's other containers reach it, so it has the form of a DNS label (RFC 1123 section 2.1), at most 40 characters long. */
            name?: string | null;
            /**
             * Format: int32
             * @description The container port that traffic goes to, 1 to 65535; absent for a worker, which gets none.
             */
            port?: number | null;
            /** @description An argument list that runs once in the new image before it goes live, such as a schema migration. */
            releaseCommand?: string[] | null;
            /**
             * Format: int32
             * @description How many containers run, 1 to 50; 1 when absent.
             */
            replicas?: number | null;
            resources?: components["schemas"]["Resources"] | null;
            /**
             * Format: uuid
             * @description The server that it runs on.
             */
            serverId?: string | null;
            source?: components["schemas"]["Source"] | null;
            /**
             * Format: int32
             * @description How long a container has to end by itself, 0 to 3600; 10 when absent.
             */
            stopGraceSeconds?: number | null;
            strategy?: components["schemas"]["Strategy"] | null;
            /** @description What containers keep when they are replaced, at most 50. */
            volumes?: components["schemas"]["VolumeSpec"][] | null;
        };
        /** @description The status as answers carry it. */
        ApplicationStatus: {
            /** @description The deployment that made it live. */
            activeDeploymentId?: string;
            /** @description The release that serves; absent when none ever went live. */
            activeReleaseId?: string;
            /** @description Whether configuration or variables changed since the active release was made. */
            pendingChanges: boolean;
            /**
             * Format: int32
             * @description How many of its containers run.
             */
            replicasRunning: number;
            /** @description In one word. */
            state: components["schemas"]["ApplicationStatusState"];
        };
        /**
         * @description The state in one word. `none`: Never deployed. `deploying`: A deployment is under way; an older release may be serving meanwhile. `running`: Every replica runs. `degraded`: Fewer replicas run than should. `stopped`: Stopped on purpose. `deleting`: Being deleted.
         * @enum {string}
         */
        ApplicationStatusState: "none" | "deploying" | "running" | "degraded" | "stopped" | "deleting";
        /** @description Something that was done. */
        AuditEvent: {
            /** @description What was done, such as `application.created`. */
            action: string;
            /** @description Who did it. */
            actor: components["schemas"]["AuditEventActor"];
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description What changed, by field, redacted. */
            changes: {
                [key: string]: unknown;
            };
            /** @description Its id. */
            id: string;
            /** @description Where it happened; absent for the installation as a whole, such as a sign-in. */
            place?: components["schemas"]["AuditEventPlace"];
            /** @description The request that did it, which logs and answers name too. */
            requestId: string;
            /** @description What it was done to. */
            target: components["schemas"]["AuditEventTarget"];
        };
        /** @description Who did it. */
        AuditEventActor: {
            /** @description From where, if by a request. */
            address?: string;
            /** @description `person`, `token`, `system` or `anonymous`. */
            kind: string;
            /** @description How they were called then. */
            name: string;
            /** @description The API token that was used, if any. */
            tokenId?: string;
            /** @description The person, or the one whose token it was. */
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
            /** @description The environment, if in one. */
            environmentId?: string;
            /** @description The project, if in one. */
            projectId?: string;
            /** @description The team. */
            teamId: string;
        };
        /** @description What it was done to, and how that was called then. */
        AuditEventTarget: {
            /** @description Its id. */
            id: string;
            /** @description How it was called then. */
            name: string;
            /** @description What kind of thing, such as `application`. */
            type: string;
        };
        /** @description Something that happened at a realm's door. */
        AuthEvent: {
            /** @description Where it came from. */
            address: string;
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description The client that asked for it. */
            clientId?: string;
            /** @description The upstream provider that was used. */
            connection?: string;
            /** @description Further facts; never a secret. */
            detail: {
                [key: string]: unknown;
            };
            /** @description The address that was typed, if one was. */
            email?: string;
            /** @description Its id. */
            id: string;
            /** @description What was tried, for example `sign-in`, `token.refresh`, `session.end`. */
            kind: string;
            /** @description Why not, for operators. */
            reason?: string;
            /** @description The request's id, as in its answer and in the log. */
            requestId: string;
            /** @description Whether it came about. */
            success: boolean;
            /**
             * Format: uuid
             * @description Whom it was about, if that is known.
             */
            user?: string;
            /** @description What the browser or program says that it is. */
            userAgent: string;
        };
        /** @description One page of a list. */
        AuthEventPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["AuthEvent"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description Something that changed. */
        ChangeEvent: {
            /** @description The application that it is part of, if any. */
            applicationId?: string;
            /** @description Of the thing. */
            id: string;
            /** @description The state it is in now, where it has one. */
            state?: string;
            /** @description The kind of thing and what happened, for example `deployment.updated`. A stream begins with `stream.opened`; `stream.reset` means that changes were missed, so that everything should be read again. */
            type: string;
        };
        /** @description Why a server is not reachable. */
        CheckProblem: {
            /** @description Stable and machine-readable. */
            code: string;
            /** @description What happened and what to do about it. */
            detail: string;
            /** @description The same for every occurrence. */
            title: string;
        };
        /** @description A client. */
        Client: {
            /**
             * Format: int32
             * @description How long its access tokens live; absent for as the realm says.
             */
            accessSeconds?: number;
            /** @description Where a browser may go after signing out. */
            afterLogoutUris: string[];
            /** @description How its tokens are signed; absent for as the realm says. */
            algorithm?: components["schemas"]["SigningAlgorithm"];
            /** @description Where the end of a session is announced. */
            backChannelLogoutUri?: string;
            /** @description Whether its access tokens must be bound to a key (DPoP). */
            bound: boolean;
            /** @description The distinguished name of its certificate. */
            certificateSubject?: string;
            /** @description What it calls itself in the protocol. */
            clientId: string;
            /** @description The upstream providers that may be used to sign in to it; empty for all. */
            connections: string[];
            /** @description Whether people are asked before it is given anything. */
            consent: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description What it may send to the token endpoint. */
            grants: components["schemas"]["ClientSettingsGrantKind"][];
            /** @description Whether it has a secret. */
            hasSecret: boolean;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description Its public keys as a JWK set. */
            keys?: string;
            /** @description Where that set is instead. */
            keysUrl?: string;
            /** @description What sort of program it is. */
            kind: components["schemas"]["ClientSettingsKind"];
            /** @description The address of an image. */
            logoUrl?: string;
            /** @description What people read when they are asked to consent. */
            name: string;
            /** @description Whether it must use PKCE. */
            pkce: boolean;
            /** @description How it may prove which client it is. */
            proofs: components["schemas"]["ClientSettingsProofKind"][];
            /** @description Whether it must push its authorization requests. */
            pushed: boolean;
            /** @description Where answers may go, each compared exactly. */
            redirectUris: string[];
            /**
             * Format: int32
             * @description How long its refresh tokens live; absent for as the realm says.
             */
            refreshSeconds?: number;
            /** @description What it may ask for beside openid. */
            scopes: string[];
            /** @description Its new secret; only in the answer that made it. */
            secret?: string;
            /** @description What its access tokens look like. */
            tokenFormat: components["schemas"]["ClientSettingsTokenFormat"];
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What to change about a client; members that are absent stay as they are. */
        ClientChange: {
            /**
             * Format: int32
             * @description How long its access tokens live, 60 to 86,400; null for as the realm says.
             */
            accessSeconds?: number | null;
            /** @description Where a browser may go after signing out; at most 50 of at most 2,000 characters. */
            afterLogoutUris?: string[] | null;
            algorithm?: components["schemas"]["SigningAlgorithm"] | null;
            /** @description Where the end of a session is announced, at most 2,000 characters. */
            backChannelLogoutUri?: string | null;
            /** @description Whether its access tokens must be bound to a key (DPoP). */
            bound?: boolean | null;
            /** @description The distinguished name of its certificate, at most 1,000 characters. */
            certificateSubject?: string | null;
            /** @description Names of the upstream providers that may be used to sign in to it; empty for all; at most 50. */
            connections?: string[] | null;
            /** @description Whether people are asked before it is given anything. */
            consent?: boolean | null;
            /** @description What it may send to the token endpoint. */
            grants?: components["schemas"]["ClientSettingsGrantKind"][] | null;
            /** @description Its public keys as a JWK set, at most 20,000 characters. */
            keys?: string | null;
            /** @description An https address of that set instead, at most 2,000 characters. */
            keysUrl?: string | null;
            /** @description An https address of an image, at most 2,000 characters. */
            logoUrl?: string | null;
            /** @description What people read when they are asked to consent, 1 to 100 characters. */
            name?: string | null;
            /** @description Whether it must use PKCE; public clients always must. */
            pkce?: boolean | null;
            /** @description How it may prove which client it is. */
            proofs?: components["schemas"]["ClientSettingsProofKind"][] | null;
            /** @description Whether it must push its authorization requests. */
            pushed?: boolean | null;
            /** @description Where answers may go, each compared exactly; at most 50 of at most 2,000 characters. */
            redirectUris?: string[] | null;
            /**
             * Format: int32
             * @description How long its refresh tokens live, 300 to 31,536,000; null for as the realm says.
             */
            refreshSeconds?: number | null;
            /** @description What it may ask for beside openid; at most 100 of at most 100 characters. */
            scopes?: string[] | null;
            tokenFormat?: components["schemas"]["ClientSettingsTokenFormat"] | null;
        };
        /** @description One page of a list. */
        ClientPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Client"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /**
         * @description What a client may send to the token endpoint.
         * @enum {string}
         */
        ClientSettingsGrantKind: "authorization_code" | "refresh_token" | "client_credentials" | "urn:ietf:params:oauth:grant-type:device_code" | "urn:ietf:params:oauth:grant-type:token-exchange";
        /**
         * @description What sort of program a client is (RFC 6749 section 2.1, RFC 8252). `web`: Runs on a server and keeps a secret. `single-page`: Runs in the browser and keeps none. `native`: Runs on a phone or desktop and keeps none. `machine`: A program without people. `device`: Has no browser or keyboard worth the name (RFC 8628).
         * @enum {string}
         */
        ClientSettingsKind: "web" | "single-page" | "native" | "machine" | "device";
        /**
         * @description How a client proves which one it is (OpenID Connect Core section 9, RFC 8705).
         * @enum {string}
         */
        ClientSettingsProofKind: "client_secret_basic" | "client_secret_post" | "private_key_jwt" | "tls_client_auth" | "self_signed_tls_client_auth" | "none";
        /**
         * @description What an access token looks like. `jwt`: A signed statement that its reader verifies (RFC 9068). `opaque`: A reference that its reader asks about (RFC 7662).
         * @enum {string}
         */
        ClientSettingsTokenFormat: "jwt" | "opaque";
        /**
         * @description Whether a part can do its work.
         * @enum {string}
         */
        Condition: "UP" | "DOWN";
        /** @description An upstream provider; its secret is never shown. */
        Connection: {
            /** @description What the provider must know as the redirect URI. */
            callback: string;
            /** @description What the provider calls this realm. */
            clientId?: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description Whether it can be used. */
            enabled: boolean;
            /** @description Google: the one Workspace domain whose people may come. */
            hostedDomain?: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description OpenID: what the provider calls itself. */
            issuer?: string;
            /** @description Apple: the key for Sign in with Apple. */
            keyId?: string;
            /** @description Which provider. */
            kind: components["schemas"]["ConnectionValuesKind"];
            /** @description What its button says. */
            label: string;
            /** @description A connection's name in addresses, of the form of a RealmName. It is part of the callback that the provider knows, so it never changes. */
            name: string;
            /** @description What the provider is asked for. */
            scopes?: string[];
            /** @description Apple: the developer team. */
            teamId?: string;
            /** @description Microsoft: common, organizations, consumers, or a tenant's id or domain. */
            tenant?: string;
            /** @description OpenID: domains whose addresses are proof, or * alone. */
            trustedDomains?: string[];
            /** @description Microsoft: ids of tenants whose addresses are proof. */
            trustedTenants?: string[];
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What to change about a connection; members that are absent stay as they are. */
        ConnectionChange: {
            /** @description What the provider calls this realm, at most 200 characters. */
            clientId?: string | null;
            /** @description Whether it can be used. */
            enabled?: boolean | null;
            /** @description Google: the one Workspace domain whose people may come, at most 253 characters. */
            hostedDomain?: string | null;
            /** @description OpenID: exactly what the provider calls itself, at most 500 characters. */
            issuer?: string | null;
            /** @description Apple: the key for Sign in with Apple, at most 20 characters. */
            keyId?: string | null;
            /** @description What its button says, 1 to 100 characters. */
            label?: string | null;
            /** @description What to ask the provider for; null for the kind's usual; at most 50 of at most 200 characters. */
            scopes?: string[] | null;
            /**
             * Format: password
             * @description Another client secret or private key, at most 10,000 characters.
             */
            secret?: string | null;
            /** @description Apple: the developer team, at most 20 characters. */
            teamId?: string | null;
            /** @description Microsoft: common, organizations, consumers, or a tenant's id or domain; at most 100 characters. */
            tenant?: string | null;
            /** @description OpenID: domains whose addresses are proof, or * alone; at most 50 of at most 253 characters. */
            trustedDomains?: string[] | null;
            /** @description Microsoft: ids of tenants whose addresses are proof; at most 50 of at most 100 characters. */
            trustedTenants?: string[] | null;
        };
        /** @description One page of a list. */
        ConnectionPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Connection"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /**
         * @description Which provider. `oidc`: Any OpenID provider, by its discovery document.
         * @enum {string}
         */
        ConnectionValuesKind: "google" | "github" | "microsoft" | "apple" | "oidc";
        /** @description A line as the stream carries it. */
        ContainerLogLine: {
            /**
             * Format: date-time
             * @description When it was printed.
             */
            at: string;
            /** @description The name of the container that printed it. */
            container: string;
            /** @description Whether the next event goes on with the same line, which is too long for one. */
            continued: boolean;
            /** @description `stdout` or `stderr`. */
            stream: string;
            /** @description The line, without its end. */
            text: string;
        };
        /** @description What somebody types to sign in. */
        Credentials: {
            /** @description The account's e-mail address. */
            email: string;
            /**
             * Format: password
             * @description The account's password.
             */
            password: string;
        };
        /** @description What goes. */
        DeletionPreview: {
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
             * @description The application's id.
             */
            id: string;
            /** @description Those that its releases brought and no other application's release has. */
            images: string[];
            /**
             * Format: int64
             * @description How much their logs hold.
             */
            logBytes: number;
            /** @description The application's name. */
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
             * @description What is deployed.
             */
            applicationId: string;
            /** @description Whether somebody called it off. */
            cancelRequested: boolean;
            /** @description What was fetched; absent for a ready image. */
            commit?: components["schemas"]["DeploymentSourceCommit"];
            /**
             * Format: date-time
             * @description When it was asked for.
             */
            createdAt: string;
            /** @description Who asked: an e-mail address, a token's name, or `system`. */
            createdBy: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            finishedAt?: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description What it is for. */
            kind: components["schemas"]["DeploymentKind"];
            /**
             * Format: int64
             * @description Counts the deployments of the application, from 1.
             */
            number: number;
            /** @description Why it fails or failed. */
            problem?: components["schemas"]["DeploymentReason"];
            /** @description The note of who asked for it. */
            reason?: string;
            /**
             * Format: uuid
             * @description The release that it makes live; absent until there is one.
             */
            releaseId?: string;
            /**
             * Format: date-time
             * @description When it left the queue.
             */
            startedAt?: string;
            /** @description How far it is, or how it ended. */
            state: components["schemas"]["DeploymentState"];
            /** @description All of them in their order, with those that are skipped. */
            steps: components["schemas"]["DeploymentStep"][];
        };
        /**
         * @description Whether a deployment builds. `auto`: When the commit, or what else goes into the image, differs from the active release. `always`: Always, even if nothing changed. `never`: Never: the active release's image with the configuration as it is now.
         * @enum {string}
         */
        DeploymentBuild: "auto" | "always" | "never";
        /** @description The end as the stream carries it. */
        DeploymentEnd: {
            /**
             * Format: date-time
             * @description When.
             */
            at?: string;
            /** @description How it ended. */
            state: components["schemas"]["DeploymentState"];
        };
        /**
         * @description What a deployment is for. All go through the same workflow; most skip some of its steps. `deploy`: A new release of the source as it is now, or of the image that runs with the configuration as it is now. `rollback`: An earlier release, with the configuration that it had. `restart`: The active release in new containers. `stop`: No containers; what is kept is kept. `start`: The release that was active when the application was stopped.
         * @enum {string}
         */
        DeploymentKind: "deploy" | "rollback" | "restart" | "stop" | "start";
        /** @description A line as the stream carries it. */
        DeploymentLogLine: {
            /**
             * Format: date-time
             * @description When it was printed.
             */
            at: string;
            /** @description The step in which it was. */
            step: components["schemas"]["Step"];
            /** @description `stdout`, `stderr`, or `haven` for what Havenkeep says, or the name of the container. */
            stream: string;
            /** @description The line, without its end. */
            text: string;
        };
        /** @description One page of a list. */
        DeploymentPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Deployment"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What would be done. */
        DeploymentPlan: {
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
            /** @description Stable and machine-readable. */
            code: string;
            /** @description What happened and what to do about it. */
            detail: string;
            /** @description The same for every occurrence. */
            title: string;
        };
        /** @description What is to be deployed. With a release it is a rollback to that one; else a new release is made. */
        DeploymentRequest: {
            /**
             * @description Whether the image may be one that is there; auto when absent.
             * @default auto
             */
            build?: components["schemas"]["DeploymentBuild"];
            /** @description The commit to deploy, at least its first 7 digits; absent for the tip of the branch. */
            commit?: string;
            /** @description A note that is shown beside the deployment, at most 500 characters. */
            reason?: string;
            /**
             * Format: uuid
             * @description The release to go back to.
             */
            releaseId?: string;
        };
        /** @description A commit as it was found. */
        DeploymentSourceCommit: {
            /** @description Who wrote it. */
            author: string;
            /** @description Its message, shortened. */
            message: string;
            /** @description Its full hash. */
            sha: string;
        };
        /**
         * @description Where a deployment is: waiting, in one of its steps, or at one of its ends. `succeeded`: Its release answers through the edge. `failed`: It was undone; what served before serves. `cancelled`: Somebody called it off; it was undone. `superseded`: A newer one was queued before it began.
         * @enum {string}
         */
        DeploymentState: "queued" | "fetching" | "building" | "pushing" | "releasing" | "starting" | "checking" | "switching" | "draining" | "succeeded" | "failed" | "cancelled" | "superseded";
        /** @description A step as answers carry it. */
        DeploymentStep: {
            /**
             * Format: date-time
             * @description When it ended.
             */
            finishedAt?: string;
            /** @description Which step. */
            name: components["schemas"]["Step"];
            /**
             * Format: date-time
             * @description When it began.
             */
            startedAt?: string;
            /** @description How far it is. */
            state: components["schemas"]["StepState"];
        };
        /** @description A step as the stream carries it. */
        DeploymentStepChange: {
            /**
             * Format: date-time
             * @description When it changed.
             */
            at: string;
            /** @description Which step. */
            name: components["schemas"]["Step"];
            /** @description How far it is now. */
            state: components["schemas"]["StepState"];
        };
        /** @description Something that a role or a token may be allowed. */
        DescribedPermission: {
            /** @description What it allows. */
            description: string;
            /** @description Its name. */
            permission: components["schemas"]["Permission"];
            /** @description Whether a read-only token may have it. */
            readOnly: boolean;
        };
        /** @description One page of a list. */
        DescribedPermissionPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["DescribedPermission"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A domain as it is answered. */
        Domain: {
            /** @description Who may come through. */
            accessPolicy: components["schemas"]["AccessPolicy"];
            /**
             * Format: uuid
             * @description The application that answers.
             */
            applicationId: string;
            /** @description Where the certificate comes from; the same for all domains of one host. */
            certificate: components["schemas"]["DomainCertificateSource"];
            /** @description Whether the edge compresses answers that are not compressed. */
            compression: boolean;
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description The host as people write it, with its own letters. */
            displayHost: string;
            /** @description Whether plain HTTP is answered with a redirect to HTTPS. */
            forceHttps: boolean;
            /** @description The name that it answers to, in ASCII. */
            host: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description The paths that it takes; `/` for all. */
            pathPrefix: string;
            /** @description The host that every request is sent to instead. */
            redirectTo?: string;
            /** @description Headers set on each request on its way to the application, at most 50 and 6,000 characters. */
            requestHeaders: {
                [key: string]: string;
            };
            /** @description Headers set on each answer on its way to the client, at most 50 and 6,000 characters. */
            responseHeaders: {
                [key: string]: string;
            };
            /** @description Whether it works. */
            status: components["schemas"]["DomainStatus"];
            /** @description Whether the application gets the paths without the prefix. */
            stripPrefix: boolean;
            /** @description Where it is reached. */
            url: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /**
         * @description Where the certificate of a host comes from. `automatic`: By ACME; by the installation's own authority for names that no public authority certifies. `internal`: By the installation's own authority. `own`: A person brings it. `none`: There is none: the domain is served over plain HTTP.
         * @enum {string}
         */
        DomainCertificateSource: "automatic" | "internal" | "own" | "none";
        /** @description A change of a domain. */
        DomainChange: {
            accessPolicy?: components["schemas"]["AccessPolicy"] | null;
            certificate?: components["schemas"]["DomainCertificateSource"] | null;
            /** @description Whether the edge compresses answers that are not compressed. */
            compression?: boolean | null;
            /** @description Whether plain HTTP is answered with a redirect to HTTPS. */
            forceHttps?: boolean | null;
            /** @description The name that it answers to; `*.example.com` for all names below. A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            host?: string | null;
            /** @description The paths that it takes; `/` for all or null. The start of the paths that a route takes, in whole segments: `/api` takes `/api` and `/api/x` but not `/apix`. Decoded characters of RFC 3986's unreserved set and a few that need no escape. */
            pathPrefix?: string | null;
            /** @description The host that every request is sent to instead; null for none. A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            redirectTo?: string | null;
            /** @description Headers set on each request on its way to the application, at most 50 and 6,000 characters; null for none. */
            requestHeaders?: {
                [key: string]: string;
            } | null;
            /** @description Headers set on each answer on its way to the client, at most 50 and 6,000 characters; null for none. */
            responseHeaders?: {
                [key: string]: string;
            } | null;
            /** @description Whether the application gets the paths without the prefix. */
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
            /** @description Who issued it. */
            issuer: string;
            /**
             * Format: date-time
             * @description Until when it is valid.
             */
            notAfter: string;
        };
        /**
         * @description In one word. `pending`: Something is still under way, or waits for a person. `active`: It is served. `error`: Something is wrong.
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
            /** @description Its name, unique in the project. An environment's name, unique in its project: the form of a DNS label (RFC 1123 section 2.1), at most 40 long. */
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
            /** @description Unique in the project. An environment's name, unique in its project: the form of a DNS label (RFC 1123 section 2.1), at most 40 long. */
            name?: string | null;
        };
        /** @description One page of a list. */
        EnvironmentPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Environment"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A repository to check. */
        GitCheck: {
            /**
             * Format: uuid
             * @description The team's git credential to use; absent for a public repository.
             */
            credentialId?: string;
            /** @description The repository. Where a git repository is: `https://`, `http://` or `ssh://`, or the short SSH form `git@host:path` (git-fetch(1), "Git URLs"). It holds no credential, names no file of this machine, and cannot be taken for an option of a program. */
            url: string;
        };
        /** @description What is in it. */
        GitCheckResult: {
            /** @description By name. */
            branches: string[];
            /** @description The one that is deployed when none is named. */
            defaultBranch?: string;
        };
        /** @description How a repository is read that is not public. */
        GitCredential: {
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description The SSH hosts that were contacted with it. */
            hostKeys: components["schemas"]["GitHostKey"][];
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description How it proves itself. */
            kind: components["schemas"]["GitCredentialKind"];
            /** @description Unique in the team. */
            name: string;
            /** @description What to give the git host as a deploy key. */
            publicKey?: string;
            /**
             * Format: uuid
             * @description The team that it belongs to.
             */
            teamId: string;
            /** @description What goes with the token, if anything. */
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
        /** @description The SSH host key of a git host. */
        GitHostKey: {
            /** @description SHA-256, as `ssh-keygen -l` prints it. */
            fingerprint: string;
            /**
             * Format: date-time
             * @description When it was pinned.
             */
            firstSeenAt: string;
            /** @description Host and port. */
            server: string;
        };
        /** @description A grant as the API shows and takes it. */
        Grant: {
            /** @description What the person is there. */
            role: components["schemas"]["Role"];
            /** @description The project or environment that it is on. */
            scope: components["schemas"]["GrantPlace"];
        };
        /** @description The part of the team that it is on. */
        GrantPlace: {
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
        /** @description A health check as requests carry it. */
        HealthCheckSpec: {
            /** @description An argument list that must exit with 0 in the container, instead of a path. */
            command?: string[];
            /**
             * Format: int32
             * @description Between two checks, 1 to 3600; 5 when absent.
             * @default 5
             */
            intervalSeconds?: number;
            /** @description An HTTP request target that must be answered with 2xx or 3xx, such as `/health`. */
            path?: string;
            /**
             * Format: int32
             * @description How many failures in a row mean unhealthy, 1 to 100; 3 when absent.
             * @default 3
             */
            retries?: number;
            /**
             * Format: int32
             * @description How long failures are expected after the start, 0 to 3600; 30 when absent.
             * @default 30
             */
            startPeriodSeconds?: number;
            /**
             * Format: int32
             * @description After which one check has failed, 1 to 3600; 5 when absent.
             * @default 5
             */
            timeoutSeconds?: number;
        };
        /** @description An open invitation. */
        Invitation: {
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description Who is invited. An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /**
             * Format: date-time
             * @description When the link stops working.
             */
            expiresAt: string;
            /** @description Their roles on parts of it. */
            grants: components["schemas"]["Grant"][];
            /** @description Its id. */
            id: string;
            /**
             * Format: uuid
             * @description Who invited them.
             */
            invitedBy: string;
            /** @description What to send to the person; only in the answer that made it. */
            link?: string;
            /** @description Their role in the whole team. */
            role: components["schemas"]["Role"];
        };
        /** @description One page of a list. */
        InvitationPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Invitation"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What the person sees before accepting. */
        InvitationPreview: {
            /** @description Whether there is an account with this address, with which to sign in first. */
            accountExists: boolean;
            /** @description Who is invited. An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /**
             * Format: date-time
             * @description When the link stops working.
             */
            expiresAt: string;
            /** @description The name of who invited them. */
            invitedBy: string;
            /** @description What they will be. */
            role: components["schemas"]["Role"];
            /** @description The team that it is for. */
            teamName: string;
        };
        /** @description Which kind of key to replace. */
        KeyRotation: {
            /** @description What it signs with. */
            algorithm: components["schemas"]["SigningAlgorithm"];
        };
        /** @description A person in a team. */
        Member: {
            /**
             * Format: date-time
             * @description When they joined.
             */
            createdAt: string;
            /** @description What they sign in with. An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /** @description Their roles on parts of it. */
            grants: components["schemas"]["Grant"][];
            /** @description Its id. */
            id: string;
            /** @description What they are called. */
            name: string;
            /** @description Their role in the whole team. */
            role: components["schemas"]["Role"];
            /**
             * Format: uuid
             * @description The person.
             */
            userId: string;
        };
        /** @description What of a membership changes; what is absent stays. */
        MemberChange: {
            /** @description All roles on parts of it, in place of those before. */
            grants?: components["schemas"]["Grant"][];
            /** @description Another role in the whole team. */
            role?: components["schemas"]["Role"];
        };
        /** @description One page of a list. */
        MemberPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Member"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A client to make; it begins with what is usual for its kind. */
        NewClient: {
            /** @description What it calls itself, 1 to 100 letters, digits and . _ ~ -; when absent an unguessable one. */
            clientId?: string;
            /** @description What sort of program it is. */
            kind: components["schemas"]["ClientSettingsKind"];
            /** @description What people read when they are asked to consent, 1 to 100 characters. */
            name: string;
            /** @description Where answers may go, each compared exactly; at most 50 of at most 2,000 characters. */
            redirectUris?: string[];
        };
        /** @description A connection to make. */
        NewConnection: {
            /** @description What the provider calls this realm, at most 200 characters. */
            clientId: string;
            /**
             * @description Whether it can be used; true when absent.
             * @default true
             */
            enabled?: boolean;
            /** @description Google: the one Workspace domain whose people may come, at most 253 characters. */
            hostedDomain?: string;
            /** @description OpenID: exactly what the provider calls itself, at most 500 characters. */
            issuer?: string;
            /** @description Apple: the key for Sign in with Apple, at most 20 characters. */
            keyId?: string;
            /** @description Which provider. */
            kind: components["schemas"]["ConnectionValuesKind"];
            /** @description What its button says, 1 to 100 characters. */
            label: string;
            /** @description Its part in the callback's address: 1 to 40 lower-case letters, digits and hyphens; it never changes. A connection's name in addresses, of the form of a RealmName. It is part of the callback that the provider knows, so it never changes. */
            name: string;
            /** @description What to ask the provider for; the kind's usual when absent; at most 50 of at most 200 characters. */
            scopes?: string[];
            /**
             * Format: password
             * @description The client secret that the provider gave, or for Apple the content of the .p8 file; at most 10,000 characters.
             */
            secret: string;
            /** @description Apple: the developer team, at most 20 characters. */
            teamId?: string;
            /**
             * @description Microsoft: common, organizations, consumers, or a tenant's id or domain; common when absent; at most 100 characters.
             * @default common
             */
            tenant?: string;
            /** @description OpenID: domains whose addresses are proof, or * alone; none when absent; at most 50 of at most 253 characters. */
            trustedDomains?: string[];
            /** @description Microsoft: ids of tenants whose addresses are proof; at most 50 of at most 100 characters. */
            trustedTenants?: string[];
        };
        /** @description A domain to be; what is absent has its default. */
        NewDomain: {
            /** @description Who may come through; when absent, everybody may. */
            accessPolicy?: components["schemas"]["AccessPolicy"];
            /**
             * @description Where the certificate comes from; the same for all domains of one host; `automatic` when absent.
             * @default automatic
             */
            certificate?: components["schemas"]["DomainCertificateSource"];
            /**
             * @description Whether the edge compresses answers that are not compressed; true when absent.
             * @default true
             */
            compression?: boolean;
            /** @description Whether plain HTTP is answered with a redirect to HTTPS; true when absent and there is a certificate. */
            forceHttps?: boolean;
            /** @description The name that it answers to; `*.example.com` for all names below. A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            host: string;
            /** @description The paths that it takes; `/` for all and when absent. The start of the paths that a route takes, in whole segments: `/api` takes `/api` and `/api/x` but not `/apix`. Decoded characters of RFC 3986's unreserved set and a few that need no escape. */
            pathPrefix?: string;
            /** @description The host that every request is sent to instead. A host name that a domain serves, in the form in which requests carry it: lower-case ASCII, internationalised labels in Punycode (RFC 5890), perhaps with `*` as its first label, which stands for exactly one label (RFC 6125 section 6.4.3). Never an address, a port or a trailing dot. */
            redirectTo?: string;
            /** @description Headers set on each request on its way to the application, at most 50 and 6,000 characters. */
            requestHeaders?: {
                [key: string]: string;
            };
            /** @description Headers set on each answer on its way to the client, at most 50 and 6,000 characters. */
            responseHeaders?: {
                [key: string]: string;
            };
            /**
             * @description Whether the application gets the paths without the prefix; false when absent.
             * @default false
             */
            stripPrefix?: boolean;
        };
        /** @description An environment to make. */
        NewEnvironment: {
            /** @description Unique in the project, for example staging. An environment's name, unique in its project: the form of a DNS label (RFC 1123 section 2.1), at most 40 long. */
            name: string;
        };
        /** @description A git credential to add. */
        NewGitCredential: {
            /** @description A generated deploy key, or a token. */
            kind: components["schemas"]["GitCredentialKind"];
            /** @description Unique in the team. */
            name: string;
            /**
             * Format: password
             * @description The token; absent for a deploy key.
             */
            secret?: string;
            /** @description What goes with the token, where the git host wants one. */
            username?: string;
        };
        /** @description Whom to invite, as what. */
        NewInvitation: {
            /** @description Whom to invite. */
            email: string;
            /** @description Their roles on parts of it. */
            grants?: components["schemas"]["Grant"][];
            /** @description Their role in the whole team; `none` for who gets grants only. */
            role: components["schemas"]["Role"];
        };
        /** @description A project to make. */
        NewProject: {
            /** @description What it is for, at most 2,000 characters. */
            description?: string;
            /** @description Unique in the team, whatever the case. A project's name, for people: 1 to 80 characters of any script on one line; unique in its team whatever the case. */
            name: string;
        };
        /** @description A realm to make. */
        NewRealm: {
            /** @description A PostgreSQL database for it; when absent it is kept beside the installation's own. */
            database?: components["schemas"]["PostgresqlAccess"];
            /** @description What people read on its pages, 1 to 100 characters; the name when absent. */
            displayName?: string;
            /** @description A host of its own that is its issuer, for example auth.example.com; at most 253 characters. */
            host?: string;
            /** @description Its part in addresses: 1 to 40 lower-case letters, digits and hyphens; it never changes. A realm's name in addresses: 1 to 40 lower-case letters, digits and hyphens, beginning and ending with a letter or digit. It is part of the issuer, so it never changes. */
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
            /** @description Unique in the team, as in a DNS label. A server's name: 1 to 63 lower-case letters, digits and inner hyphens, as in a DNS label (RFC 1123 section 2.1). */
            name: string;
            /**
             * Format: int32
             * @description Sshd's port, 1 to 65535; 22 when absent.
             * @default 22
             */
            port?: number;
            /**
             * Format: password
             * @description An OpenSSH private key without a passphrase; absent to have one made.
             */
            privateKey?: string;
            /**
             * @description Whom to sign in as, who must be allowed to use Docker; root when absent.
             * @default root
             */
            user?: string;
        };
        /** @description A new team. */
        NewTeam: {
            /** @description 1 to 100 characters. */
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
            /** @description What it is called, 1 to 100 characters. */
            name: string;
            /** @description At least one; `GET /api/v1/permissions` lists them. It never can do more than its maker. */
            permissions: string[];
            /** @description The only projects that it reaches; absent for all of the team. */
            projectIds?: string[];
            /** @description True to refuse permissions that change things. */
            readOnly?: boolean;
        };
        /** @description A user to make. */
        NewUser: {
            /** @description Their address. */
            email: string;
            /**
             * @description Whether it is known that they read mail there; false when absent.
             * @default false
             */
            emailVerified?: boolean;
            /** @description What others call them, 1 to 100 characters. */
            name: string;
            /**
             * Format: password
             * @description What they sign in with, as long as the realm wants and at most 256 characters; absent when they sign in another way.
             */
            password?: string;
        };
        /** @description The secret of a link. */
        OpenedLink: {
            /**
             * Format: password
             * @description What stands behind the `#` of the link.
             */
            token: string;
        };
        /** @description A certificate and its private key, both in PEM. */
        OwnCertificate: {
            /** @description The certificate, followed by its chain. */
            certificatePem: string;
            /**
             * Format: password
             * @description Its private key, without a passphrase.
             */
            privateKeyPem: string;
        };
        /** @description A browser that is signed in. */
        OwnSession: {
            /** @description From where it was last used. */
            address: string;
            /**
             * Format: date-time
             * @description When it signed in.
             */
            createdAt: string;
            /** @description Whether it is the one that asks. */
            current: boolean;
            /**
             * Format: date-time
             * @description When it ends by itself.
             */
            expiresAt: string;
            /** @description Its id. */
            id: string;
            /**
             * Format: date-time
             * @description When it was last used.
             */
            lastSeenAt: string;
            /** @description What the browser calls itself. */
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
            /**
             * Format: password
             * @description The password of now.
             */
            current?: string;
            /**
             * Format: password
             * @description The password from now on, at least 12 characters.
             */
            new?: string;
        };
        /**
         * @description What a role or a token may be allowed to do. The text form is the one of API, SQL and UI.
         * @enum {string}
         */
        Permission: "team:read" | "team:write" | "team:delete" | "members:read" | "members:write" | "tokens:write" | "audit:read" | "servers:read" | "servers:write" | "projects:read" | "projects:write" | "projects:delete" | "applications:read" | "applications:write" | "applications:delete" | "variables:read" | "variables:write" | "domains:write" | "deployments:read" | "deployments:write" | "logs:read" | "realms:read" | "realms:write" | "realms:delete" | "users:read" | "users:write";
        /** @description A PostgreSQL database for one realm. */
        PostgresqlAccess: {
            /**
             * Format: password
             * @description That user's password, at most 500 characters.
             */
            password?: string;
            /** @description For example `jdbc:postgresql://db.example.com:5432/auth?sslmode=verify-full`; at most 500 characters. */
            url: string;
            /** @description Who signs in there, at most 63 characters. */
            user?: string;
        };
        /** @description What went wrong (RFC 9457). Further members depend on the code. */
        Problem: {
            /** @description Stable and machine-readable. There may be new ones; `status` says what kind it is. */
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
            /** @description 1 to 100 characters; absent to keep it. */
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
            /** @description Its name, unique in the team. A project's name, for people: 1 to 80 characters of any script on one line; unique in its team whatever the case. */
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
            /** @description Unique in the team, whatever the case. A project's name, for people: 1 to 80 characters of any script on one line; unique in its team whatever the case. */
            name?: string | null;
        };
        /** @description One page of a list. */
        ProjectPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Project"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A realm. */
        Realm: {
            /** @description How it signs, unless a client says otherwise. */
            algorithm: components["schemas"]["SigningAlgorithm"];
            /** @description How its pages look. */
            branding: components["schemas"]["RealmSettingsBranding"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description What people read on its pages. */
            displayName: string;
            /** @description The host of its own that is its issuer, if it has one. */
            host?: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description What its tokens say as iss, and where its discovery document is. */
            issuer: string;
            /** @description The language of its pages when the browser wants none that they have. */
            language: string;
            /** @description How long what it gives out is good for. */
            lifetimes: components["schemas"]["RealmSettingsLifetimes"];
            /** @description Its part in addresses. A realm's name in addresses: 1 to 40 lower-case letters, digits and hyphens, beginning and ending with a letter or digit. It is part of the issuer, so it never changes. */
            name: string;
            /** @description What a new password must be. */
            passwords: components["schemas"]["RealmSettingsPasswords"];
            /** @description Who may make an account. */
            signUp: components["schemas"]["RealmSettingsSignUp"];
            /**
             * Format: uuid
             * @description A team: the boundary that no data crosses.
             */
            teamId: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What to change about a realm; members that are absent stay as they are. */
        RealmChange: {
            algorithm?: components["schemas"]["SigningAlgorithm"] | null;
            branding?: components["schemas"]["RealmSettingsBranding"] | null;
            /** @description What people read on its pages, 1 to 100 characters. */
            displayName?: string | null;
            /** @description The host that is its issuer, at most 253 characters; null for the path on the platform's own address. */
            host?: string | null;
            /** @description The language of its pages when the browser wants none that they have, at most 11 characters. */
            language?: string | null;
            lifetimes?: components["schemas"]["RealmSettingsLifetimes"] | null;
            passwords?: components["schemas"]["RealmSettingsPasswords"] | null;
            signUp?: components["schemas"]["RealmSettingsSignUp"] | null;
        };
        /** @description One page of a list. */
        RealmPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Realm"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A browser that is signed in to a realm. */
        RealmSession: {
            /**
             * Format: date-time
             * @description When the user last proved who they are: `auth_time`.
             */
            authenticatedAt: string;
            /** @description How they did. */
            authentication: components["schemas"]["RealmSessionAuthentication"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description The browser that it is in. */
            device: components["schemas"]["RealmSessionDevice"];
            /**
             * Format: date-time
             * @description When it ends at the latest.
             */
            expiresAt: string;
            /** @description What tokens say as `sid`. */
            id: string;
            /** @description The operator who acts as the user, if one does. */
            impersonator?: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             */
            lastSeenAt: string;
            /** @description Whether the user asked to be remembered. */
            remembered: boolean;
            /**
             * Format: uuid
             * @description A person who can sign in.
             */
            user: string;
        };
        /** @description How somebody proved who they are. */
        RealmSessionAuthentication: {
            /** @description The authentication context class that this amounts to (OpenID Connect Core section 2). */
            acr: string;
            /** @description The methods (RFC 8176), for example `pwd` and `otp`. */
            amr: string[];
            /** @description The upstream provider that vouched for them, if one did. */
            connection?: string;
        };
        /** @description The browser that it is in. */
        RealmSessionDevice: {
            /** @description Where it was when the session began. */
            address: string;
            /** @description What it says that it is. */
            userAgent: string;
        };
        /** @description The live sessions of a user. */
        RealmSessionList: {
            /** @description The newest first. */
            items: components["schemas"]["RealmSession"][];
        };
        /** @description How a realm's pages look. */
        RealmSettingsBranding: {
            /** @description What stands below it, at most 500 characters. */
            footer?: string;
            /** @description What stands above the form, at most 500 characters. */
            headline?: string;
            /** @description An https address of an image. */
            logoUrl?: string;
            /** @description The colour of what one clicks on, for example `#2f6f4f`. */
            primaryColour?: string;
            /** @description An https address. */
            privacyUrl?: string;
            /** @description An https address; who makes an account agrees to it. */
            termsUrl?: string;
        };
        /** @description How long what a realm gives out is good for, in seconds. */
        RealmSettingsLifetimes: {
            /**
             * Format: int32
             * @description 60 to 86,400; 900 by default.
             */
            accessToken: number;
            /**
             * Format: int32
             * @description 300 to 31,536,000; 86,400 by default.
             */
            refreshToken: number;
            /**
             * Format: int32
             * @description A browser's session with "remember me"; 3,600 to 31,536,000; 2,592,000 by default.
             */
            remembered: number;
            /**
             * Format: int32
             * @description A browser's session without "remember me"; 300 to 2,592,000; 43,200 by default.
             */
            session: number;
            /**
             * Format: int32
             * @description How long it may go unused; 300 to 2,592,000; 7,200 by default.
             */
            sessionIdle: number;
        };
        /** @description What a new password must be. */
        RealmSettingsPasswords: {
            /**
             * Format: int32
             * @description How many characters at least, 8 to 64.
             */
            shortest: number;
        };
        /** @description Who may make an account. */
        RealmSettingsSignUp: {
            /** @description With the mode `domains`: whose addresses may, for example `example.com`; at most 50. */
            domains: string[];
            /** @description How accounts come to be. */
            mode: components["schemas"]["RealmSettingsSignUpMode"];
        };
        /**
         * @description How accounts come to be. `open`: Anybody may make one. `domains`: Whoever has an address in one of the domains may. `invited`: Only who is invited. `closed`: Only operators make accounts.
         * @enum {string}
         */
        RealmSettingsSignUpMode: "open" | "domains" | "invited" | "closed";
        /** @description Somebody who signs in to a realm. */
        RealmUser: {
            /** @description Whether they are kept out. */
            blocked: boolean;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description Their address; absent when an upstream provider gave none. An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email?: string;
            /** @description Whether somebody who reads mail at this address has proven so. */
            emailVerified: boolean;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: date-time
             * @description When they last signed in, if ever.
             */
            lastSignInAt?: string;
            /** @description What others call them. */
            name: string;
            /** @description What else is known of them. */
            profile: components["schemas"]["RealmUserProfile"];
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description One page of a list. */
        RealmUserPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["RealmUser"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description What else is known of somebody, in the terms of OpenID Connect Core section 5.1. */
        RealmUserProfile: {
            /** @description The family name or names. */
            familyName?: string;
            /** @description The given name or names. */
            givenName?: string;
            /** @description For example `pt-BR`. */
            locale?: string;
            /** @description The address of an image. */
            picture?: string;
            /** @description For example `Europe/Lisbon`. */
            zone?: string;
        };
        /** @description A release as answers carry it: the values of its variables are left out. */
        Release: {
            /** @description Whether it is the one that serves. */
            active: boolean;
            /**
             * Format: uuid
             * @description The application that it is of.
             */
            applicationId: string;
            /** @description What the image was built from. */
            commit?: components["schemas"]["DeploymentSourceCommit"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description The image, by digest. */
            image?: string;
            /** @description The image's id on its server. */
            imageId?: string;
            /**
             * Format: int64
             * @description Counts the releases of the application; absent until its image is there.
             */
            number?: number;
            /** @description The configuration that it keeps. */
            settings: components["schemas"]["ReleaseSettings"];
            /** @description The names of its run-time variables. */
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
            /** @description An argument list in place of the image's own command. */
            command: string[];
            /**
             * Format: int32
             * @description The container port that traffic goes to.
             */
            port?: number;
            /** @description An argument list that runs once in the new image before it goes live, such as a schema migration. */
            releaseCommand: string[];
            /**
             * Format: int32
             * @description How many containers run.
             */
            replicas: number;
            /** @description Where its image comes from. */
            source: components["schemas"]["Source"];
            /**
             * @description Whether old and new containers may run side by side; `rolling` when absent.
             * @default rolling
             */
            strategy: components["schemas"]["Strategy"];
            /** @description What containers keep when they are replaced, at most 50. */
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
         * @description A named set of permissions, from all to none; RolePermissions says which. Each holds what the next holds. `owner`: Everything, including the team's end. A team always has one. `admin`: Everything but the team's end and owners. `developer`: Builds, configures and deploys. `viewer`: Looks at everything but configuration values. `none`: Nothing, where only grants on projects or environments count.
         * @enum {string}
         */
        Role: "owner" | "admin" | "developer" | "viewer" | "none";
        /** @description A server. */
        Server: {
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description Where its sshd answers. */
            host?: string;
            /** @description The pinned host key. */
            hostKey?: string;
            /** @description Its SHA-256 fingerprint, as `ssh-keygen -l` prints it. */
            hostKeyFingerprint?: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description How it is reached. */
            kind: components["schemas"]["ServerKind"];
            /** @description Unique in the team. A server's name: 1 to 63 lower-case letters, digits and inner hyphens, as in a DNS label (RFC 1123 section 2.1). */
            name: string;
            /** @description The host key of the first contact, to be confirmed by setting hostKey to it. */
            pendingHostKey?: string;
            /** @description Its SHA-256 fingerprint. */
            pendingHostKeyFingerprint?: string;
            /**
             * Format: int32
             * @description Sshd's port.
             */
            port?: number;
            /** @description What belongs into its user's `authorized_keys`. */
            publicKey?: string;
            /**
             * Format: uuid
             * @description The team that it belongs to.
             */
            teamId: string;
            /** @description Whom to sign in as. */
            user?: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What to change about a server; members that are absent stay as they are. */
        ServerChange: {
            /** @description Where its sshd answers. */
            host?: string | null;
            /** @description The host key to pin: the pending one to confirm it; null to unpin. */
            hostKey?: string | null;
            /** @description Unique in the team. A server's name: 1 to 63 lower-case letters, digits and inner hyphens, as in a DNS label (RFC 1123 section 2.1). */
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
            /** @description What the owner signs in with. */
            email: string;
            /** @description What others call the owner, 1 to 100 characters. */
            name: string;
            /**
             * Format: password
             * @description The owner's password, at least 12 characters.
             */
            password: string;
            /** @description What the first team is called, 1 to 100 characters. */
            teamName: string;
            /**
             * Format: password
             * @description The one-time token that the server printed and keeps in its data folder.
             */
            token: string;
        };
        /** @description What there is now. */
        SetupResult: {
            /** @description What each mutation must carry in `X-CSRF-Token`. */
            csrfToken: string;
            /** @description The first team. */
            team: components["schemas"]["SetupResultNewTeam"];
            /** @description The teams that the owner is in, which is the one. */
            teams: components["schemas"]["SignedInOwnTeam"][];
            /** @description The first owner, who is signed in now. */
            user: components["schemas"]["User"];
        };
        /** @description A team. */
        SetupResultNewTeam: {
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description What it is called. */
            name: string;
        };
        /** @description Whether nobody owns this installation yet. */
        SetupState: {
            /** @description Whether it does. */
            required: boolean;
        };
        /** @description What a browser needs to know about whom it is signed in as. */
        SignedIn: {
            /** @description What each mutation must carry in `X-CSRF-Token`. */
            csrfToken: string;
            /** @description The teams that they are in. */
            teams: components["schemas"]["SignedInOwnTeam"][];
            /** @description Who it is. */
            user: components["schemas"]["User"];
        };
        /** @description A part of the team on which they have a role besides. */
        SignedInOwnGrant: {
            /** @description What they may do there, all things considered. */
            permissions: components["schemas"]["Permission"][];
            /** @description Their role there. */
            role: components["schemas"]["Role"];
            /** @description Which part. */
            scope: components["schemas"]["GrantPlace"];
        };
        /** @description A team that the person is in. */
        SignedInOwnTeam: {
            /** @description Their roles on parts of it. */
            grants: components["schemas"]["SignedInOwnGrant"][];
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description What it is called. */
            name: string;
            /** @description What they may do in the whole team. */
            permissions: components["schemas"]["Permission"][];
            /** @description Their role in the whole team. */
            role: components["schemas"]["Role"];
        };
        /**
         * @description How a realm signs tokens (RFC 7518 section 3.1, RFC 8037 section 3.1). `ES256`: ECDSA on P-256: the default; quick to make, small. `RS256`: RSA with 2048 bits: what every library understands. `EdDSA`: Ed25519.
         * @enum {string}
         */
        SigningAlgorithm: "ES256" | "RS256" | "EdDSA";
        /** @description A key that signs a realm's tokens. */
        SigningKey: {
            /** @description What it signs with. */
            algorithm: components["schemas"]["SigningAlgorithm"];
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description What tokens and the JWK set call it (kid). */
            id: string;
            /**
             * Format: date-time
             * @description How long its public part stays known after that.
             */
            publishedUntil?: string;
            /**
             * Format: date-time
             * @description From when on tokens may be signed with it.
             */
            signsFrom: string;
            /**
             * Format: date-time
             * @description When another takes its place, if that is settled.
             */
            signsUntil?: string;
        };
        /** @description Every key of a realm whose tokens may be met. */
        SigningKeyList: {
            /** @description Oldest first. */
            items: components["schemas"]["SigningKey"][];
        };
        /** @description Where an application's image comes from. */
        Source: components["schemas"]["SourceGit"] | components["schemas"]["SourceImage"];
        /** @description A Dockerfile in a git repository, built at each new commit. */
        SourceGit: {
            /** @description What to deploy when no commit is named; absent for the repository's default branch. The name of a branch without `refs/heads/`, of the form that git-check-ref-format(1) accepts. */
            branch?: string;
            /** @description The folder of the repository that is the build's context; `.` for all of it. The folder of a repository that a build sees, relative to its root; `.` is the whole repository. */
            contextDir?: string;
            /**
             * Format: uuid
             * @description The team's git credential to use; absent for a public repository.
             */
            credentialId?: string;
            /** @description Its path, relative to the context. Where the Dockerfile is, relative to the context folder, for example `Dockerfile` or `docker/web.Dockerfile`. */
            dockerfile?: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "git";
            /** @description The repository, over HTTPS, HTTP or SSH. Where a git repository is: `https://`, `http://` or `ssh://`, or the short SSH form `git@host:path` (git-fetch(1), "Git URLs"). It holds no credential, names no file of this machine, and cannot be taken for an option of a program. */
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
         * @description The steps of a deployment, in their order. `fetching`: Finding the commit, or the image in its registry. `building`: Turning the commit into an image. `pushing`: Bringing the image to the server, where it was built on another. `releasing`: Running the release command in a one-off container of the new image. `starting`: Starting the new containers beside the old ones. `checking`: Waiting until the new containers are ready for traffic. `switching`: Letting the edge send new requests to them, and making sure that it does. `draining`: Letting the old containers finish what they have, then stopping them.
         * @enum {string}
         */
        Step: "fetching" | "building" | "pushing" | "releasing" | "starting" | "checking" | "switching" | "draining";
        /**
         * @description How far a step is.
         * @enum {string}
         */
        StepState: "pending" | "running" | "succeeded" | "failed" | "skipped";
        /**
         * @description How new containers take the place of the old ones. `rolling`: New ones start beside the old ones, which stop only once traffic has moved: no request fails. `recreate`: The old ones stop before the new ones start, for what cannot run twice, such as a volume's single writer.
         * @enum {string}
         */
        Strategy: "rolling" | "recreate";
        /** @description A team: people, and everything that is theirs together. */
        Team: {
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description What it is called. */
            name: string;
            /**
             * Format: int64
             * @description Counts its changes; the ETag.
             */
            version: number;
        };
        /** @description What of a team can change. */
        TeamChange: {
            /** @description 1 to 100 characters. */
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
        Token: {
            /** @description Networks from which it may be used; empty for anywhere. */
            allowedNetworks: string[];
            /**
             * Format: date-time
             * @description When it was created.
             */
            createdAt: string;
            /** @description Who made it. */
            createdBy?: components["schemas"]["User"];
            /**
             * Format: date-time
             * @description When it stops working; absent for never.
             */
            expiresAt?: string;
            /** @description Its id. */
            id: string;
            /** @description From where. */
            lastUsedAddress?: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             */
            lastUsedAt?: string;
            /** @description What it is called. */
            name: string;
            /** @description What it may do, as far as its maker still may. */
            permissions: components["schemas"]["Permission"][];
            /** @description The only projects that it reaches; empty for all of the team. */
            projectIds: string[];
            /** @description Whether it can only read. */
            readOnly: boolean;
            /** @description What to send as a bearer token; only in the answer that made it. */
            token?: string;
        };
        /** @description One page of a list. */
        TokenPage: {
            /** @description The items of this page, in the list's order. */
            items: components["schemas"]["Token"][];
            /** @description What to pass as `cursor` for the next page; absent on the last page. */
            nextCursor?: string;
        };
        /** @description A person, as others may see them. */
        User: {
            /** @description What they sign in with. An e-mail address in the one form that is stored, compared and written to: compatibility-normalised (NFKC), lower case, the domain in its ASCII form (RFC 5890). Two spellings that look alike to a mail server are thus one account, and no mail ever goes to another spelling than the one that was compared. */
            email: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description What others call them. */
            name: string;
        };
        /** @description What to change about a user; members that are absent stay as they are. */
        UserChange: {
            /** @description Whether they are kept out; it ends every session of theirs. */
            blocked?: boolean | null;
            /** @description Their address; another one is not verified unless emailVerified says so. */
            email?: string | null;
            /** @description Whether it is known that they read mail there. */
            emailVerified?: boolean | null;
            /** @description What others call them, 1 to 100 characters. */
            name?: string | null;
        };
        /** @description A new password. */
        UserPassword: {
            /**
             * Format: password
             * @description What they sign in with from now on, as long as the realm wants and at most 256 characters.
             */
            password: string;
        };
        /** @description A variable as answers carry it; the value of a secret is left out. */
        Variable: {
            /** @description What gets to see it. */
            availability: components["schemas"]["VariableAvailability"];
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            changedAt: string;
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /** @description Whether its value is shown. */
            kind: components["schemas"]["VariableKind"];
            /** @description Unique in the application. The name of an environment variable: any text that Linux can pass to a process (POSIX.1-2024 section 8.1), which leaves out only `=` and NUL. At most 4,096 bytes. */
            name: string;
            /** @description Whether its kind is `secret`. */
            secret: boolean;
            /** @description Its value; absent for a secret. */
            value?: string;
        };
        /**
         * @description What gets to see the variable. `run`: The running containers and the release command. `build`: The build only. `both`: Both.
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
            /** @description All of them; those that are not here are removed. */
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
            /** @description `run` when absent. */
            availability?: components["schemas"]["VariableAvailability"];
            /** @description `plain` when absent. */
            kind?: components["schemas"]["VariableKind"];
            /** @description Unique in the application. The name of an environment variable: any text that Linux can pass to a process (POSIX.1-2024 section 8.1), which leaves out only `=` and NUL. At most 4,096 bytes. */
            name: string;
            /**
             * Format: password
             * @description Its value; may be left out for a secret that is there already, to keep it.
             */
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
        /** @description A volume as requests carry it. */
        VolumeSpec: {
            /** @description An absolute path in the container, other than its root. */
            mountPath: string;
            /** @description Unique within the application: 1 to 40 characters: lower-case letters, digits and inner hyphens. */
            name: string;
            /**
             * @description Whether containers may only read it; false when absent.
             * @default false
             */
            readOnly?: boolean;
        };
    };
    responses: {
        /** @description The body is larger than is accepted. */
        BodyTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
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
        /** @description The request could not be read. */
        Malformed: {
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
                "Retry-After": components["headers"]["RetryAfter"];
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
        /** @description The body is in another form than the one that is accepted. */
        UnsupportedMediaType: {
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
    headers: {
        /** @description After how many seconds to come back. */
        RetryAfter: number;
    };
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
            400: components["responses"]["Malformed"];
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
                /** @description True when its server is gone for good, so that nothing is asked of it. */
                abandon?: boolean;
                /** @description `keep`, or `delete` for the volumes to go with their data. */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateApplication: {
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
                /**
                 * @example {
                 *       "replicas": 3,
                 *       "healthCheck": {
                 *         "path": "/ready"
                 *       },
                 *       "resources": null
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                    "application/json": components["schemas"]["DeletionPreview"];
                };
            };
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /** @description True to get the plan and do nothing. */
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
                /**
                 * @example {
                 *       "commit": "3f1c2ab",
                 *       "reason": "the new checkout"
                 *     }
                 */
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
                    "application/json": components["schemas"]["DeploymentPlan"];
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "host": "shop.example.com",
                 *       "responseHeaders": {
                 *         "X-Robots-Tag": "noindex"
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /** @description Leaves out what is older than this instant. */
                since?: string;
                /** @description How many lines of before, for each container, 0 to 10,000. */
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
                    "text/event-stream": {
                        data: components["schemas"]["ContainerLogLine"];
                        /** @constant */
                        event: "log";
                        /** @description What to send as `Last-Event-ID` to go on after it. */
                        id?: string;
                    } | {
                        data: components["schemas"]["Problem"];
                        /** @constant */
                        event: "problem";
                    };
                };
            };
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "name": "LOG_LEVEL",
                 *           "value": "info"
                 *         },
                 *         {
                 *           "name": "NPM_TOKEN",
                 *           "value": "npm_example",
                 *           "kind": "secret",
                 *           "availability": "build"
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /**
                 * @example {
                 *       "name": "DATABASE_URL",
                 *       "value": "postgres://shop@db/shop",
                 *       "kind": "secret"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /**
                 * @example {
                 *       "name": "LOG_LEVEL",
                 *       "value": "debug"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                    "text/event-stream": {
                        data: components["schemas"]["DeploymentLogLine"];
                        /** @constant */
                        event: "log";
                        /** @description What to send as `Last-Event-ID` to go on after it. */
                        id?: string;
                    } | {
                        data: components["schemas"]["DeploymentStepChange"];
                        /** @constant */
                        event: "step";
                        /** @description What to send as `Last-Event-ID` to go on after it. */
                        id?: string;
                    } | {
                        data: components["schemas"]["DeploymentEnd"];
                        /** @constant */
                        event: "end";
                        /** @description What to send as `Last-Event-ID` to go on after it. */
                        id?: string;
                    } | {
                        data: components["schemas"]["Problem"];
                        /** @constant */
                        event: "problem";
                    };
                };
            };
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateDomain: {
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
                /**
                 * @example {
                 *       "accessPolicy": {
                 *         "kind": "ip-allowlist",
                 *         "networks": [
                 *           "203.0.113.0/24"
                 *         ]
                 *       }
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /**
                 * @example {
                 *       "certificatePem": "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n",
                 *       "privateKeyPem": "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----\n"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "preview"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "web",
                 *       "serverId": "0192f1a0-0000-7000-8000-000000000030",
                 *       "source": {
                 *         "kind": "git",
                 *         "url": "https://git.example.com/acme/shop.git",
                 *         "branch": "main"
                 *       },
                 *       "port": 8080,
                 *       "replicas": 2,
                 *       "healthCheck": {
                 *         "path": "/health"
                 *       },
                 *       "resources": {
                 *         "cpus": 0.5,
                 *         "memoryBytes": 268435456
                 *       },
                 *       "volumes": [
                 *         {
                 *           "name": "uploads",
                 *           "mountPath": "/app/uploads"
                 *         }
                 *       ],
                 *       "releaseCommand": [
                 *         "node",
                 *         "migrate.js"
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /** @description The team whose changes are wanted. */
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
                    "text/event-stream": {
                        data: components["schemas"]["ChangeEvent"];
                        /** @constant */
                        event: "change";
                        /** @description What to send as `Last-Event-ID` to go on after it. */
                        id?: string;
                    } | {
                        data: components["schemas"]["Problem"];
                        /** @constant */
                        event: "problem";
                    };
                };
            };
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "token": "what stands behind the # of the link",
                 *       "name": "Dana Developer",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /**
                 * @example {
                 *       "token": "what stands behind the # of the link"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /**
                 * @example {
                 *       "name": "Olivia"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                /**
                 * @example {
                 *       "current": "correct horse battery staple",
                 *       "new": "another horse on the moon"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                    "application/json": components["schemas"]["DescribedPermissionPage"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "description": null
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "staging"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getRealm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["Realm"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteRealm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateRealm: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "signUp": {
                 *         "mode": "domains",
                 *         "domains": [
                 *           "example.com"
                 *         ]
                 *       },
                 *       "branding": {
                 *         "primaryColour": "#2f6f4f",
                 *         "termsUrl": "https://shop.example.com/terms"
                 *       }
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["RealmChange"];
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
                    "application/json": components["schemas"]["Realm"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listClients: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["ClientPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Web shop",
                 *       "kind": "web",
                 *       "clientId": "shop",
                 *       "redirectUris": [
                 *         "https://shop.example.com/callback"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewClient"];
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
                    "application/json": components["schemas"]["Client"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client: string;
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["Client"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The client's id. */
                client: string;
                /** @description The realm's id. */
                realm: string;
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateClient: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The client's id. */
                client: string;
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "afterLogoutUris": [
                 *         "https://shop.example.com/"
                 *       ],
                 *       "scopes": [
                 *         "profile",
                 *         "email",
                 *         "offline_access"
                 *       ],
                 *       "accessSeconds": 600
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ClientChange"];
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
                    "application/json": components["schemas"]["Client"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    rotateClientSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The client's id. */
                client: string;
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["Client"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listConnections: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["ConnectionPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "google",
                 *       "kind": "google",
                 *       "label": "Google",
                 *       "clientId": "1234-abcd.apps.googleusercontent.com",
                 *       "secret": "what Google shows beside it"
                 *     }
                 */
                "application/json": components["schemas"]["NewConnection"];
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
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection's id. */
                connection: string;
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The connection's id. */
                connection: string;
                /** @description The realm's id. */
                realm: string;
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateConnection: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The connection's id. */
                connection: string;
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "label": "Google Workspace",
                 *       "enabled": false
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ConnectionChange"];
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
                    "application/json": components["schemas"]["Connection"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listRealmEvents: {
        parameters: {
            query?: {
                /** @description Only what was asked for by the client with this client_id; at most 100 characters. */
                client?: string;
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description Only this kind of event, for example sign-in; at most 50 characters. */
                kind?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
                /** @description Only what came about, or only what did not. */
                success?: boolean;
                /** @description Only what was about this user. */
                user?: string;
            };
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["AuthEventPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listSigningKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["SigningKeyList"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    rotateSigningKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "algorithm": "ES256"
                 *     }
                 */
                "application/json": components["schemas"]["KeyRotation"];
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
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
                /** @description The beginning of an address or name, whatever its case, at most 200 characters; the answer then has no further page. */
                search?: string;
            };
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
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
                    "application/json": components["schemas"]["RealmUserPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "emailVerified": true,
                 *       "name": "Ada Lovelace",
                 *       "password": "seven quiet otters"
                 *     }
                 */
                "application/json": components["schemas"]["NewUser"];
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
                    "application/json": components["schemas"]["RealmUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
                /** @description The user's id. */
                user: string;
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
                    "application/json": components["schemas"]["RealmUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
                /** @description The user's id. */
                user: string;
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
                /** @description The ETag of the version that the change was made for. */
                "If-Match": string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
                /** @description The user's id. */
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "blocked": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["UserChange"];
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
                    "application/json": components["schemas"]["RealmUser"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    setUserPassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
                /** @description The user's id. */
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "eight quiet otters"
                 *     }
                 */
                "application/json": components["schemas"]["UserPassword"];
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listUserSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The realm's id. */
                realm: string;
                /** @description The user's id. */
                user: string;
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
                    "application/json": components["schemas"]["RealmSessionList"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat for 24 hours; a UUID, for example. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The realm's id. */
                realm: string;
                /** @description The user's id. */
                user: string;
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "hostKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN9qCGxufrJKAvK3HIcf8OHfO5801vXkXezS737/2PS+"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "email": "olivia@example.com",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "token": "the token that the server printed",
                 *       "email": "olivia@example.com",
                 *       "name": "Olivia Owner",
                 *       "password": "correct horse battery staple",
                 *       "teamName": "Acme"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "Acme"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "Acme Europe"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description How the action begins, for example `application.`. */
                action?: string;
                /** @description A person's or a token's id, or a part of a name. */
                actor?: string;
                /** @description Where to go on: the nextCursor of the page before. */
                cursor?: string;
                /** @description How many items at most, 1 to 200; 50 when absent. */
                limit?: number;
                /** @description Only from this instant on. */
                since?: string;
                /** @description A thing's id, or a part of its name. */
                target?: string;
                /** @description Only before this instant. */
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
            400: components["responses"]["Malformed"];
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
                /** @description How the action begins, for example `application.`. */
                action?: string;
                /** @description A person's or a token's id, or a part of a name. */
                actor?: string;
                /** @description Only from this instant on. */
                since?: string;
                /** @description A thing's id, or a part of its name. */
                target?: string;
                /** @description Only before this instant. */
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "url": "https://git.example.com/acme/shop.git"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "github",
                 *       "kind": "token",
                 *       "username": "x-access-token",
                 *       "secret": "ghp_example"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                    "application/json": components["schemas"]["InvitationPage"];
                };
            };
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "email": "dana@example.com",
                 *       "role": "none",
                 *       "grants": [
                 *         {
                 *           "scope": {
                 *             "environmentId": "0192f1a0-0000-7000-8000-000000000020"
                 *           },
                 *           "role": "developer"
                 *         }
                 *       ]
                 *     }
                 */
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
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "role": "viewer",
                 *       "grants": [
                 *         {
                 *           "scope": {
                 *             "projectId": "0192f1a0-0000-7000-8000-000000000010"
                 *           },
                 *           "role": "developer"
                 *         }
                 *       ]
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "Shop",
                 *       "description": "What our customers buy in."
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    listRealms: {
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
                    "application/json": components["schemas"]["RealmPage"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["Problem"];
        };
    };
    createRealm: {
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
                /**
                 * @example {
                 *       "name": "shop",
                 *       "displayName": "Acme Shop",
                 *       "host": "auth.shop.example.com"
                 *     }
                 */
                "application/json": components["schemas"]["NewRealm"];
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
                    "application/json": components["schemas"]["Realm"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "fsn1",
                 *       "kind": "ssh",
                 *       "host": "203.0.113.7",
                 *       "user": "deploy"
                 *     }
                 */
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
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            400: components["responses"]["Malformed"];
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
                /**
                 * @example {
                 *       "name": "CI",
                 *       "permissions": [
                 *         "deployments:read",
                 *         "deployments:write",
                 *         "logs:read"
                 *       ],
                 *       "projectIds": [
                 *         "0192f1a0-0000-7000-8000-000000000010"
                 *       ],
                 *       "expiresAt": "2099-01-31T12:00:00.000Z",
                 *       "allowedNetworks": [
                 *         "203.0.113.0/24"
                 *       ]
                 *     }
                 */
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
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
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
            400: components["responses"]["Malformed"];
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
            /** @description It cannot do its work now. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
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
