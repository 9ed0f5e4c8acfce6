package dev.havenkeep.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Multiplies rows that the product wrote, while it is stopped: the copies differ in their ids and numbers only, so that
 * what is measured is the product's own data in larger numbers.
 */
final class Seed implements AutoCloseable {

    private final Connection connection;

    Seed(Path dataDir) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + dataDir.resolve("havenkeep.db"));
        connection.setAutoCommit(false);
    }

    /** The rows of a table in which a column has a value. */
    List<Map<String, Object>> rows(String table, String column, Object value) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM " + table + " WHERE " + column + " = ?")) {
            select.setObject(1, value);
            try (ResultSet found = select.executeQuery()) {
                ResultSetMetaData columns = found.getMetaData();
                List<Map<String, Object>> rows = new ArrayList<>();
                while (found.next()) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        row.put(columns.getColumnName(i), found.getObject(i));
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }

    /** Inserts a copy of a row with some columns changed. */
    void copy(String table, Map<String, Object> row, Map<String, Object> changed) throws SQLException {
        Map<String, Object> copy = new LinkedHashMap<>(row);
        copy.putAll(changed);
        String columns = String.join(", ", copy.keySet());
        String marks = String.join(", ", copy.keySet().stream().map(name -> "?").toList());
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")")) {
            int position = 1;
            for (Object value : copy.values()) {
                insert.setObject(position++, value);
            }
            insert.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** An id that sorts after those given before, in the form of the product's own. */
    static String id(long number) {
        return new UUID(0x0199_0000_0000_7000L | (number >>> 12 << 16) | (number & 0xFFF), Long.MIN_VALUE | number)
                .toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
