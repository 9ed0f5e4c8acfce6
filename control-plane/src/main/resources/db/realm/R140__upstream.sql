-- Links to upstream providers, by who vouches too: a connection that is pointed at another provider finds nobody of the
-- one before. Nothing was ever kept in the table in its first form.
DROP TABLE {realm}.identities;

CREATE TABLE {realm}.identities (
    connection      TEXT {binary} NOT NULL,
    provider        TEXT {binary} NOT NULL,
    subject         TEXT {binary} NOT NULL,
    user_id         TEXT   NOT NULL REFERENCES {realm}.users (id) ON DELETE CASCADE,
    email           TEXT,
    name            TEXT,
    linked_at       BIGINT NOT NULL,
    last_sign_in_at BIGINT,
    PRIMARY KEY (connection, provider, subject)
);
CREATE INDEX identities_by_user ON {realm}.identities (user_id);

-- Sign-ins at upstream providers that have not come back.
CREATE TABLE {realm}.upstream_requests (
    state_hash   TEXT PRIMARY KEY,
    -- The browser that it belongs to.
    browser_hash TEXT   NOT NULL,
    sealed       TEXT   NOT NULL,
    -- What the provider posted, until the browser comes for it with its cookie.
    sealed_form  TEXT,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX upstream_requests_by_age ON {realm}.upstream_requests (expires_at);

-- Identities that are to be linked once the person has proved that the account is theirs.
CREATE TABLE {realm}.offered_identities (
    interaction_hash TEXT PRIMARY KEY,
    document         TEXT   NOT NULL,
    expires_at       BIGINT NOT NULL
);
CREATE INDEX offered_identities_by_age ON {realm}.offered_identities (expires_at);
