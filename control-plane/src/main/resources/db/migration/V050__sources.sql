-- Credentials for git repositories, and the SSH servers that they have met.
CREATE TABLE git_credentials (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('deploy-key', 'token')),
    username TEXT,
    sealed_secret TEXT NOT NULL,
    public_key TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (team_id, name)
);

CREATE TABLE git_host_keys (
    credential_id TEXT NOT NULL REFERENCES git_credentials (id) ON DELETE CASCADE,
    server TEXT NOT NULL,
    host_key TEXT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    PRIMARY KEY (credential_id, server)
);
