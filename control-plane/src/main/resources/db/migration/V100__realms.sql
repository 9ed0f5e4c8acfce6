-- Which realms there are and where each one's own store is. What is in a realm is never in this database's own tables.
CREATE TABLE realms (
    id            TEXT PRIMARY KEY,
    -- Absent for the realm of the platform's own people.
    team_id       TEXT REFERENCES teams (id),
    -- The realm's part of the path of its issuer.
    name          TEXT   NOT NULL UNIQUE,
    -- The host that is its issuer instead, if it has one of its own.
    host          TEXT UNIQUE,
    -- The schema of its tables in a PostgreSQL database; absent when its store is a file of its own.
    schema_name   TEXT,
    -- A PostgreSQL database of its own (URL, user and password as JSON); absent for the installation's.
    sealed_access TEXT,
    version       BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL
);
CREATE INDEX realms_by_team ON realms (team_id, id);
