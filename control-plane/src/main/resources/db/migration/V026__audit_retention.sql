-- Old events go, but for the one that says which team runs the installation.
CREATE INDEX audit_events_by_age ON audit_events (at);
