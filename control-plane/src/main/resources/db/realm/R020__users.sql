CREATE TABLE {realm}.users (
    id              TEXT PRIMARY KEY,
    email           TEXT {binary},
    email_verified  BOOLEAN NOT NULL,
    name            TEXT    NOT NULL,
    -- The name folded, for search.
    name_key        TEXT {binary} NOT NULL,
    profile         TEXT    NOT NULL,
    blocked         BOOLEAN NOT NULL,
    version         BIGINT  NOT NULL,
    created_at      BIGINT  NOT NULL,
    changed_at      BIGINT  NOT NULL,
    last_sign_in_at BIGINT
);
CREATE UNIQUE INDEX users_by_email ON {realm}.users (email);
CREATE INDEX users_by_name ON {realm}.users (name_key, id);

CREATE TABLE {realm}.passwords (
    user_id    TEXT PRIMARY KEY REFERENCES {realm}.users (id) ON DELETE CASCADE,
    hash       TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Links to upstream providers: who somebody is there.
CREATE TABLE {realm}.identities (
    connection      TEXT   NOT NULL,
    subject         TEXT   NOT NULL,
    user_id         TEXT   NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    email           TEXT,
    name            TEXT,
    linked_at       BIGINT NOT NULL,
    last_sign_in_at BIGINT,
    PRIMARY KEY (connection, subject)
);
CREATE INDEX identities_by_user ON {realm}.identities (user_id);

CREATE TABLE {realm}.totp_factors (
    user_id       TEXT PRIMARY KEY REFERENCES {realm}.users (id) ON DELETE CASCADE,
    sealed_secret TEXT    NOT NULL,
    -- The last time step that a code was accepted for: none is accepted twice.
    last_step     BIGINT  NOT NULL,
    confirmed     BOOLEAN NOT NULL,
    created_at    BIGINT  NOT NULL
);

CREATE TABLE {realm}.recovery_codes (
    user_id TEXT NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    hash    TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, hash)
);

CREATE TABLE {realm}.passkeys (
    credential_id   TEXT PRIMARY KEY,
    user_id         TEXT    NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    name            TEXT    NOT NULL,
    public_key      TEXT    NOT NULL,
    sign_count      BIGINT  NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    backed_up       BOOLEAN NOT NULL,
    transports      TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    last_used_at    BIGINT
);
CREATE INDEX passkeys_by_user ON {realm}.passkeys (user_id);

-- Codes and links that were sent to an address, by what they are for.
CREATE TABLE {realm}.sent_codes (
    id         TEXT PRIMARY KEY,
    purpose    TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    hash       TEXT    NOT NULL,
    attempts   INTEGER NOT NULL,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL
);
CREATE INDEX sent_codes_by_subject ON {realm}.sent_codes (purpose, subject);
CREATE INDEX sent_codes_by_age ON {realm}.sent_codes (expires_at);

CREATE TABLE {realm}.attempts (
    subject         TEXT PRIMARY KEY,
    failures        INTEGER NOT NULL,
    last_at         BIGINT  NOT NULL,
    locked_until_at BIGINT  NOT NULL
);
CREATE INDEX attempts_by_age ON {realm}.attempts (last_at);
