-- The servers that a team deploys to. SSH columns are absent for the machine that the control plane runs on.
CREATE TABLE servers (
    id               TEXT    NOT NULL PRIMARY KEY,
    team_id          TEXT    NOT NULL,
    name             TEXT    NOT NULL,
    kind             TEXT    NOT NULL,
    host             TEXT,
    port             INTEGER,
    username         TEXT,
    public_key       TEXT,
    private_key      TEXT,
    host_key         TEXT,
    pending_host_key TEXT,
    version          BIGINT  NOT NULL,
    created_at       BIGINT  NOT NULL,
    updated_at       BIGINT  NOT NULL
);

CREATE UNIQUE INDEX servers_name ON servers (team_id, name);
