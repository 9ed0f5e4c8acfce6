-- Which engine answers on a server, so that no machine becomes two servers.
ALTER TABLE servers ADD COLUMN engine_id TEXT;

CREATE UNIQUE INDEX servers_engine ON servers (engine_id);
