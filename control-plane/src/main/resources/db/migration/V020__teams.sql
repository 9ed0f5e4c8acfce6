CREATE TABLE teams (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    id         TEXT PRIMARY KEY,
    team_id    TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (team_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

-- A role on a project (environment_id absent) or on one environment of it. The ids are not foreign keys, since
-- projects stand above teams; a grant on something that is gone allows nothing.
CREATE TABLE grants (
    membership_id  TEXT NOT NULL REFERENCES memberships (id) ON DELETE CASCADE,
    project_id     TEXT NOT NULL,
    environment_id TEXT,
    role           TEXT NOT NULL
);
CREATE INDEX grants_by_membership ON grants (membership_id);

CREATE TABLE invitations (
    id         TEXT PRIMARY KEY,
    team_id    TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    email      TEXT NOT NULL,
    role       TEXT NOT NULL,
    grants     TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    invited_by TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (team_id, email)
);

CREATE TABLE api_tokens (
    id                TEXT PRIMARY KEY,
    team_id           TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id           TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name              TEXT NOT NULL,
    secret_mac        TEXT NOT NULL,
    permissions       TEXT NOT NULL,
    project_ids       TEXT NOT NULL,
    allowed_networks  TEXT NOT NULL,
    read_only         BOOLEAN NOT NULL,
    created_at        BIGINT NOT NULL,
    expires_at        BIGINT,
    last_used_at      BIGINT,
    last_used_address TEXT
);
CREATE INDEX api_tokens_by_team ON api_tokens (team_id, id);
