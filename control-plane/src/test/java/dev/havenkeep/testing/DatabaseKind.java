package dev.havenkeep.testing;

import java.util.Map;

/** A database that Havenkeep runs on. */
public enum DatabaseKind {
    SQLITE,
    POSTGRESQL;

    /** The properties for a new and empty database of this kind. */
    public Map<String, String> newDatabase() {
        return switch (this) {
            case SQLITE -> Map.of();
            case POSTGRESQL -> PostgresqlCluster.shared().newDatabase();
        };
    }
}
