package dev.havenkeep.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Multiplies rows that the product wrote, while it is stopped: the copies differ in their ids and numbers only, so that
 * what is measured is the product's own data in larger numbers.
 */
final class Seed implements AutoCloseable {

    /** A UUID of version 7 of September 2025. */
    private static final long FIRST_ID = 0x0199_0000_0000_7000L;

    private final Connection connection;
    private final Map<String, PreparedStatement> inserts = new HashMap<>();
    private long ids;

    /** Opens a database file of the product. */
    Seed(Path database) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
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
        PreparedStatement insert = inserts.get(table);
        if (insert == null) {
            String columns = String.join(", ", row.keySet());
            String marks = String.join(", ", Collections.nCopies(row.size(), "?"));
            insert = connection.prepareStatement("INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")");
            inserts.put(table, insert);
        }
        int position = 1;
        for (Map.Entry<String, Object> column : row.entrySet()) {
            insert.setObject(
                    position++,
                    changed.containsKey(column.getKey()) ? changed.get(column.getKey()) : column.getValue());
        }
        insert.executeUpdate();
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** An id of the product's form, which sorts after those given before and before the product's own. */
    String id() {
        long number = ++ids;
        return new UUID(FIRST_ID | (number >>> 12 << 16) | (number & 0xFFF), Long.MIN_VALUE | number).toString();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
