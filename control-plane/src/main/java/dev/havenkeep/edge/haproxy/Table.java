package dev.havenkeep.edge.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables that HAProxy's commands answer with: a heading line, then one line per thing. */
final class Table {

    private Table() {}

    /** One line, by the heading's names. */
    record Row(Map<String, Integer> columns, String[] cells) {

        String text(String column) {
            Integer index = columns.get(column);
            return index == null || index >= cells.length ? "" : cells[index];
        }

        int number(String column) {
            String text = text(column);
            return text.isEmpty() || text.equals("-") ? 0 : Integer.parseInt(text);
        }
    }

    static List<Row> spaced(String answer, String heading) {
        return parse(answer, heading, " ");
    }

    static List<Row> commas(String answer, String heading) {
        return parse(answer, heading, ",");
    }

    private static List<Row> parse(String answer, String heading, String separator) {
        List<Row> rows = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        for (String line : answer.lines().toList()) {
            if (line.startsWith(heading)) {
                columns.clear();
                String[] names = line.substring(2).split(separator, -1);
                for (int i = 0; i < names.length; i++) {
                    columns.put(names[i], i);
                }
            } else if (!columns.isEmpty() && !line.isBlank()) {
                rows.add(new Row(columns, line.split(separator, -1)));
            }
        }
        return rows;
    }
}
