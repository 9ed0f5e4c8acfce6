-- An image with the configuration that it runs with. Made when a deployment leaves the queue; it has no image and no
-- number until the image is there, and a deployment that fails before that takes it away again.
CREATE TABLE releases (
    id              TEXT PRIMARY KEY,
    application_id  TEXT   NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    number          BIGINT,
    -- The local id of the image on the application's server.
    image_id        TEXT,
    -- What it came from: repository and digest, or the name that the build gave it.
    image_reference TEXT,
    -- Whether it came to the server by this release. What was there before is never removed.
    image_owned     BOOLEAN,
    source_commit   TEXT,
    configuration   TEXT   NOT NULL,
    -- Sealed for the owners release/ID/run-variables and release/ID/build-variables.
    run_variables   TEXT,
    build_variables TEXT,
    taken_at        BIGINT NOT NULL,
    -- Set once it is past the number of kept releases, or never went live: its variables are gone, its image will be.
    dropped_at       BIGINT,
    image_removed_at BIGINT,
    UNIQUE (application_id, number)
);

CREATE TABLE deployments (
    id                     TEXT PRIMARY KEY,
    application_id         TEXT    NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    number                 BIGINT  NOT NULL,
    kind                   TEXT    NOT NULL,
    state                  TEXT    NOT NULL,
    request                TEXT    NOT NULL,
    release_id             TEXT REFERENCES releases (id) ON DELETE SET NULL,
    source_commit          TEXT,
    created_by             TEXT    NOT NULL,
    created_at             BIGINT  NOT NULL,
    started_at             BIGINT,
    finished_at            BIGINT,
    problem                TEXT,
    cancel_requested       BOOLEAN NOT NULL,
    -- How it will end once it is undone; set before the first act of undoing.
    undoing_to             TEXT,
    undoing_since_at       BIGINT,
    -- What served before it, to which undoing goes back.
    previous_deployment_id TEXT,
    previous_release_id    TEXT,
    -- It serves, and what served before is being taken away: it can no longer be undone.
    committed              BOOLEAN NOT NULL,
    UNIQUE (application_id, number)
);

CREATE INDEX deployments_unfinished ON deployments (application_id, number) WHERE finished_at IS NULL;

CREATE TABLE deployment_steps (
    deployment_id TEXT    NOT NULL REFERENCES deployments (id) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    state         TEXT    NOT NULL,
    started_at    BIGINT,
    finished_at   BIGINT,
    PRIMARY KEY (deployment_id, position)
);
