-- What a user configures about an application, and the state that its deployments report about it.
CREATE TABLE applications (
    id                   TEXT PRIMARY KEY,
    team_id              TEXT    NOT NULL,
    project_id           TEXT    NOT NULL,
    environment_id       TEXT    NOT NULL,
    server_id            TEXT    NOT NULL,
    name                 TEXT    NOT NULL,
    configuration        TEXT    NOT NULL,
    -- Sealed for the owner application/ID/registry-password.
    registry_password    TEXT,
    version              BIGINT  NOT NULL,
    created_at           BIGINT  NOT NULL,
    -- The last change of configuration or variables: later than what the active release holds when a change waits.
    changed_at           BIGINT  NOT NULL,
    -- Set once deletion was asked for; the JSON says what goes with it.
    deletion             TEXT,
    state                TEXT    NOT NULL,
    replicas_running     INTEGER NOT NULL,
    active_release_id    TEXT,
    active_deployment_id TEXT,
    -- When the configuration of the active release was taken.
    active_since_at      BIGINT,
    UNIQUE (environment_id, name)
);

CREATE INDEX applications_by_environment ON applications (environment_id, id);
CREATE INDEX applications_by_server ON applications (server_id, id);

CREATE TABLE application_variables (
    id             TEXT PRIMARY KEY,
    application_id TEXT   NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    name           TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    availability   TEXT   NOT NULL,
    -- Plain, or sealed for the owner variable/ID/value when the kind is secret.
    value          TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    changed_at     BIGINT NOT NULL,
    UNIQUE (application_id, name)
);
