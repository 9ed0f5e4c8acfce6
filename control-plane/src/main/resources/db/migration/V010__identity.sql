-- One row once the installation has its first owner: two set-ups at once cannot both insert it.
CREATE TABLE installation (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    set_up_at BIGINT NOT NULL
);

CREATE TABLE users (
    id         TEXT PRIMARY KEY,
    email      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Apart from users, since another way to sign in replaces it.
CREATE TABLE passwords (
    user_id    TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    id           TEXT PRIMARY KEY,
    secret_hash  TEXT NOT NULL UNIQUE,
    user_id      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address      TEXT NOT NULL,
    network      TEXT NOT NULL,
    user_agent   TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, id);

-- Failed attempts to sign in, by account and by network (both hashed): what lock-out counts.
CREATE TABLE sign_in_attempts (
    subject         TEXT PRIMARY KEY,
    failures        INTEGER NOT NULL,
    last_at         BIGINT NOT NULL,
    locked_until_at BIGINT NOT NULL
);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (last_at);

-- Keys that this installation made for itself, each sealed under the master key.
CREATE TABLE sealed_keys (
    purpose    TEXT PRIMARY KEY,
    sealed_key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
