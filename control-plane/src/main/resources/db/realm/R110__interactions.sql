-- Sign-ins under way: what somebody came for, and what they have proved so far.
CREATE TABLE {realm}.interactions (
    id_hash      TEXT PRIMARY KEY,
    -- The browser that it belongs to.
    browser_hash TEXT   NOT NULL,
    errand       TEXT   NOT NULL,
    progress     TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX interactions_by_age ON {realm}.interactions (expires_at);

-- Authorization requests that came before the browser (RFC 9126).
CREATE TABLE {realm}.pushed_requests (
    hash       TEXT PRIMARY KEY,
    client_id  TEXT   NOT NULL,
    parameters TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX pushed_requests_by_age ON {realm}.pushed_requests (expires_at);

-- Numbers that may be used once: the jti of a client's assertion or proof.
CREATE TABLE {realm}.used_numbers (
    hash       TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX used_numbers_by_age ON {realm}.used_numbers (expires_at);
