package dev.havenkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.havenkeep.kernel.Database;
import org.junit.jupiter.api.Test;

@OnBothDatabases
class DatabasesTest {

    private final DatabaseKind kind;
    private final Database database;

    DatabasesTest(DatabaseKind kind, Database database) {
        this.kind = kind;
        this.database = database;
    }

    @Test
    void databaseIsTheOneThatTheRunIsNamedAfterAndIsMigrated() {
        assertThat(database.dialect().name()).isEqualTo(kind.name());
        assertThat(database.read()
                        .sql("SELECT count(*) FROM flyway_schema_history WHERE success = FALSE")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void applicationBootsOnIt(Havenkeep haven) {
        assertThat(haven.bean(Database.class).dialect().name()).isEqualTo(kind.name());
        assertThat(haven.anonymous().get("/api/v1/nothing").status()).isBetween(400, 499);
    }
}
