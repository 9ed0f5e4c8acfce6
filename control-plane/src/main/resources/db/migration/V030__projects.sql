CREATE TABLE projects (
    id          TEXT PRIMARY KEY,
    team_id     TEXT   NOT NULL REFERENCES teams (id),
    name        TEXT   NOT NULL,
    -- The name folded for comparison: two projects of a team may not differ in case alone.
    name_key    TEXT   NOT NULL,
    description TEXT,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    UNIQUE (team_id, name_key)
);
CREATE INDEX projects_by_team ON projects (team_id, id);

CREATE TABLE environments (
    id         TEXT PRIMARY KEY,
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name       TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (project_id, name)
);
CREATE INDEX environments_by_project ON environments (project_id, id);
