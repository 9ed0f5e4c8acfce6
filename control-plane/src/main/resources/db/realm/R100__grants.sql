-- What clients were allowed: by people who signed in, or on their own behalf with a token that is looked up. Codes and
-- tokens are here as hashes only.
CREATE TABLE {realm}.grants (
    id                 TEXT PRIMARY KEY,
    client             TEXT   NOT NULL REFERENCES {realm}.clients (id) ON DELETE CASCADE,
    user_id            TEXT REFERENCES {realm}.users (id) ON DELETE CASCADE,
    session_id         TEXT,
    -- The thumbprint of the key that its tokens are bound to (RFC 9449), if they are.
    bound_to           TEXT,
    kind               TEXT   NOT NULL,
    scopes             TEXT   NOT NULL,
    -- Who it was and how they proved it.
    facts              TEXT   NOT NULL,
    -- What the client asked for.
    request            TEXT   NOT NULL,
    code_hash          TEXT UNIQUE,
    code_expires_at    BIGINT,
    code_used_at       BIGINT,
    refresh_hash       TEXT UNIQUE,
    refresh_issued_at  BIGINT,
    refresh_expires_at BIGINT,
    revoked_at         BIGINT,
    revoked_because    TEXT,
    created_at         BIGINT NOT NULL,
    -- When nothing of it is good any more.
    expires_at         BIGINT NOT NULL
);
CREATE INDEX grants_by_user ON {realm}.grants (user_id, id);
CREATE INDEX grants_by_session ON {realm}.grants (session_id);
CREATE INDEX grants_by_client ON {realm}.grants (client);
CREATE INDEX grants_by_age ON {realm}.grants (expires_at);

-- Refresh tokens that were exchanged for their successors. One that comes again was stolen, by whoever sent it first or now.
CREATE TABLE {realm}.spent_refresh_tokens (
    hash       TEXT PRIMARY KEY,
    grant_id   TEXT   NOT NULL REFERENCES {realm}.grants (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
CREATE INDEX spent_refresh_tokens_by_grant ON {realm}.spent_refresh_tokens (grant_id);
CREATE INDEX spent_refresh_tokens_by_age ON {realm}.spent_refresh_tokens (expires_at);

-- Access tokens that say nothing by themselves.
CREATE TABLE {realm}.opaque_access_tokens (
    hash       TEXT PRIMARY KEY,
    grant_id   TEXT REFERENCES {realm}.grants (id) ON DELETE CASCADE,
    client     TEXT   NOT NULL REFERENCES {realm}.clients (id) ON DELETE CASCADE,
    claims     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX opaque_access_tokens_by_grant ON {realm}.opaque_access_tokens (grant_id);
CREATE INDEX opaque_access_tokens_by_age ON {realm}.opaque_access_tokens (expires_at);

-- Signed access tokens that were taken back before their time, by their jti.
CREATE TABLE {realm}.revoked_access_tokens (
    id         TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX revoked_access_tokens_by_age ON {realm}.revoked_access_tokens (expires_at);

-- What somebody allowed a client to have.
CREATE TABLE {realm}.consents (
    user_id    TEXT   NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    client     TEXT   NOT NULL REFERENCES {realm}.clients (id) ON DELETE CASCADE,
    scopes     TEXT   NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, client)
);
