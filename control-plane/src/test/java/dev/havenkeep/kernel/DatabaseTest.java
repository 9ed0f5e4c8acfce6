package dev.havenkeep.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.havenkeep.testing.OnBothDatabases;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

@OnBothDatabases
class DatabaseTest {

    private final Database database;

    DatabaseTest(Database database) {
        this.database = database;
        database.write()
                .sql("CREATE TABLE IF NOT EXISTS things (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE)")
                .update();
        database.write().sql("DELETE FROM things").update();
        insert("1", "one");
    }

    @Test
    void secondRowWithAUniqueValueIsADuplicateOnBoth() {
        assertThatThrownBy(() -> insert("1", "two")).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> insert("2", "one")).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void missingValueIsAViolationOnBoth() {
        assertThatThrownBy(() -> database.write()
                        .sql("INSERT INTO things (id) VALUES ('3')")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .isNotInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void transactionSeesWhatItWroteAndIsUndoneByAFailure() {
        assertThatThrownBy(() -> database.transaction(() -> {
                    insert("4", "four");
                    assertThat(count()).isEqualTo(2);
                    throw new IllegalStateException("undo");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(count()).isEqualTo(1);
    }

    private int count() {
        return database.read()
                .sql("SELECT count(*) FROM things")
                .query(Integer.class)
                .single();
    }

    private void insert(String id, String name) {
        database.write()
                .sql("INSERT INTO things (id, name) VALUES (:id, :name)")
                .param("id", id)
                .param("name", name)
                .update();
    }
}
