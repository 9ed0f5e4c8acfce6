-- Answers to requests that came with an Idempotency-Key, so that a repeated request has no second effect.
CREATE TABLE idempotency_keys (
    -- SHA-256 of caller, method, path and key.
    id           TEXT PRIMARY KEY,
    -- SHA-256 of the query and the body: the same key with another request is a mistake.
    request_hash TEXT   NOT NULL,
    -- Sealed for the owner idempotency/ID/answer, since an answer may hold a one-time secret; absent while at work.
    answer       TEXT,
    -- The process that is at work on it.
    process      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
