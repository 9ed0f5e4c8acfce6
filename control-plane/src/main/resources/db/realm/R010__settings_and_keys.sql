-- The store of one realm. "{realm}." is its schema (PostgreSQL) or nothing (a file of its own), "{binary}" compares by bytes.

CREATE TABLE {realm}.settings (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    document TEXT   NOT NULL,
    version  BIGINT NOT NULL
);

-- Keys that sign tokens. A key is published before it signs and stays published after it has ceased to.
CREATE TABLE {realm}.signing_keys (
    id             TEXT PRIMARY KEY,
    algorithm      TEXT   NOT NULL,
    public_key     TEXT   NOT NULL,
    sealed_key     TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    signs_from     BIGINT NOT NULL,
    signs_until    BIGINT,
    published_until BIGINT
);

-- Keys for what the realm hands out and compares again, by purpose.
CREATE TABLE {realm}.sealed_keys (
    purpose    TEXT PRIMARY KEY,
    sealed_key TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
