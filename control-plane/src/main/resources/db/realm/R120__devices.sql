-- Devices that wait for somebody to allow them in on another screen (RFC 8628).
CREATE TABLE {realm}.device_requests (
    device_hash  TEXT PRIMARY KEY,
    user_hash    TEXT   NOT NULL UNIQUE,
    client       TEXT   NOT NULL REFERENCES {realm}.clients (id) ON DELETE CASCADE,
    scopes       TEXT   NOT NULL,
    -- pending, allowed, denied
    state        TEXT   NOT NULL,
    -- Who allowed it.
    facts        TEXT,
    asked_at     BIGINT,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX device_requests_by_age ON {realm}.device_requests (expires_at);
