CREATE TABLE {realm}.clients (
    id          TEXT PRIMARY KEY,
    client_id   TEXT {binary} NOT NULL UNIQUE,
    name        TEXT   NOT NULL,
    secret_mac  TEXT,
    document    TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
);

-- APIs that access tokens are for (RFC 8707 calls them resources), with the scopes that each has.
CREATE TABLE {realm}.resources (
    id         TEXT PRIMARY KEY,
    audience   TEXT {binary} NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    scopes     TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Upstream providers that people may sign in with.
CREATE TABLE {realm}.connections (
    id            TEXT PRIMARY KEY,
    name          TEXT {binary} NOT NULL UNIQUE,
    kind          TEXT    NOT NULL,
    document      TEXT    NOT NULL,
    sealed_secret TEXT,
    enabled       BOOLEAN NOT NULL,
    version       BIGINT  NOT NULL,
    created_at    BIGINT  NOT NULL,
    changed_at    BIGINT  NOT NULL
);

CREATE TABLE {realm}.roles (
    id          TEXT PRIMARY KEY,
    name        TEXT {binary} NOT NULL UNIQUE,
    description TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE TABLE {realm}.user_roles (
    user_id TEXT NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    role_id TEXT NOT NULL REFERENCES {realm}.roles (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, role_id)
);
CREATE INDEX user_roles_by_role ON {realm}.user_roles (role_id, user_id);

CREATE TABLE {realm}.organizations (
    id           TEXT PRIMARY KEY,
    name         TEXT {binary} NOT NULL UNIQUE,
    display_name TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL
);

CREATE TABLE {realm}.organization_members (
    organization_id TEXT NOT NULL REFERENCES {realm}.organizations (id) ON DELETE CASCADE,
    user_id         TEXT NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    roles           TEXT NOT NULL,
    joined_at       BIGINT NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX organization_members_by_user ON {realm}.organization_members (user_id);
