-- What each edge is to serve. The edges themselves hold nothing that is not here.

-- A host name and path prefix that an application answers for.
CREATE TABLE edge_domains (
    id               TEXT    PRIMARY KEY,
    application_id   TEXT    NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    host             TEXT    NOT NULL,
    path_prefix      TEXT    NOT NULL,
    certificate      TEXT    NOT NULL,
    redirect_to      TEXT,
    force_https      BOOLEAN NOT NULL,
    strip_prefix     BOOLEAN NOT NULL,
    compression      BOOLEAN NOT NULL,
    request_headers  TEXT    NOT NULL,
    response_headers TEXT    NOT NULL,
    access_policy    TEXT    NOT NULL,
    version          BIGINT  NOT NULL,
    created_at       BIGINT  NOT NULL,
    changed_at       BIGINT  NOT NULL,
    UNIQUE (host, path_prefix)
);

CREATE INDEX edge_domains_by_application ON edge_domains (application_id, id);

-- An application on the edge of its server.
CREATE TABLE edge_backends (
    application_id   TEXT    PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
    server_id        TEXT    NOT NULL,
    health_path      TEXT,
    response_seconds INTEGER NOT NULL
);

CREATE INDEX edge_backends_by_server ON edge_backends (server_id);

-- The containers behind an application. A switch writes here before it acts.
CREATE TABLE edge_upstreams (
    application_id TEXT    NOT NULL REFERENCES edge_backends (application_id) ON DELETE CASCADE,
    container      TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    port           INTEGER NOT NULL,
    -- joining, active or draining
    state          TEXT    NOT NULL,
    PRIMARY KEY (application_id, container)
);

-- Networks that the edge of a server is joined to.
CREATE TABLE edge_networks (
    server_id TEXT NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (server_id, name)
);

-- One certificate per host name.
CREATE TABLE edge_certificates (
    id            TEXT   PRIMARY KEY,
    host          TEXT   NOT NULL UNIQUE,
    kind          TEXT   NOT NULL,
    chain         TEXT   NOT NULL,
    -- Sealed for the owner certificate/HOST/key.
    private_key   TEXT   NOT NULL,
    not_before_at BIGINT NOT NULL,
    not_after_at  BIGINT NOT NULL
);

-- The authority of this installation, and the certificate that answers unknown names.
CREATE TABLE edge_authorities (
    name        TEXT PRIMARY KEY,
    chain       TEXT NOT NULL,
    -- Sealed for the owner authority/NAME/key.
    private_key TEXT NOT NULL
);

-- What is known of the efforts to certify a host name automatically.
CREATE TABLE edge_orders (
    host          TEXT    PRIMARY KEY,
    failures      INTEGER NOT NULL,
    problem       TEXT,
    next_at       BIGINT  NOT NULL,
    -- While somebody is at it.
    claimed_until BIGINT  NOT NULL
);

-- HTTP-01 challenges that are being answered.
CREATE TABLE edge_challenges (
    token         TEXT   PRIMARY KEY,
    host          TEXT   NOT NULL,
    authorization_text TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);

-- The installation's account at an ACME server.
CREATE TABLE edge_acme_accounts (
    directory   TEXT PRIMARY KEY,
    -- Sealed for the owner acme/DIRECTORY/key.
    private_key TEXT NOT NULL,
    location    TEXT
);
