-- What was done. No foreign keys: an event outlives what it tells about. Nothing ever updates or deletes a row.
-- log_team_id says in whose log it stands; team_id where it happened, which a sign-in, for example, did in none.
CREATE TABLE audit_events (
    id             TEXT PRIMARY KEY,
    at             BIGINT NOT NULL,
    actor_kind     TEXT NOT NULL,
    actor_user_id  TEXT,
    actor_name     TEXT NOT NULL,
    token_id       TEXT,
    address        TEXT,
    request_id     TEXT NOT NULL,
    action         TEXT NOT NULL,
    log_team_id    TEXT,
    team_id        TEXT,
    project_id     TEXT,
    environment_id TEXT,
    target_type    TEXT NOT NULL,
    target_id      TEXT NOT NULL,
    target_name    TEXT NOT NULL,
    changes        TEXT NOT NULL
);
CREATE INDEX audit_events_by_log ON audit_events (log_team_id, id);
CREATE INDEX audit_events_of_set_up ON audit_events (id) WHERE action = 'installation.set-up';
