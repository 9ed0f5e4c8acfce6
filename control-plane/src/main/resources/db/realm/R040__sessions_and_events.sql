-- Browsers that are signed in to the realm.
CREATE TABLE {realm}.sessions (
    id               TEXT PRIMARY KEY,
    secret_hash      TEXT    NOT NULL UNIQUE,
    user_id          TEXT    NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    authenticated_at BIGINT  NOT NULL,
    acr              TEXT    NOT NULL,
    amr              TEXT    NOT NULL,
    connection       TEXT,
    -- The operator who acts as this user, if one does.
    impersonator     TEXT,
    remembered       BOOLEAN NOT NULL,
    address          TEXT    NOT NULL,
    network          TEXT    NOT NULL,
    user_agent       TEXT    NOT NULL,
    created_at       BIGINT  NOT NULL,
    last_seen_at     BIGINT  NOT NULL,
    expires_at       BIGINT  NOT NULL
);
CREATE INDEX sessions_by_user ON {realm}.sessions (user_id, id);
CREATE INDEX sessions_by_age ON {realm}.sessions (expires_at);

-- The clients that were given tokens in a session: whom to tell when it ends.
CREATE TABLE {realm}.session_clients (
    session_id TEXT   NOT NULL REFERENCES {realm}.sessions (id) ON DELETE CASCADE,
    client_id  TEXT   NOT NULL REFERENCES {realm}.clients (id) ON DELETE CASCADE,
    first_at   BIGINT NOT NULL,
    PRIMARY KEY (session_id, client_id)
);

-- What happened at the realm's door.
CREATE TABLE {realm}.auth_events (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    kind       TEXT   NOT NULL,
    success    BOOLEAN NOT NULL,
    reason     TEXT,
    user_id    TEXT,
    email      TEXT,
    client_id  TEXT,
    connection TEXT,
    address    TEXT   NOT NULL,
    user_agent TEXT   NOT NULL,
    request_id TEXT   NOT NULL,
    detail     TEXT   NOT NULL
);
CREATE INDEX auth_events_by_user ON {realm}.auth_events (user_id, id);
CREATE INDEX auth_events_by_kind ON {realm}.auth_events (kind, id);
