package dev.havenkeep.cli;

import java.util.Arrays;
import java.util.List;

/**
 * A column of a table.
 *
 * @param pointer which member it shows (RFC 6901)
 */
record Column(String title, String pointer) {

    /** Columns from members: {@code status.state} is titled {@code state}, {@code source.image=image} is titled {@code image}. */
    static List<Column> of(String... members) {
        return Arrays.stream(members)
                .map(member -> {
                    int equals = member.indexOf('=');
                    String path = equals < 0 ? member : member.substring(0, equals);
                    String title =
                            equals < 0 ? path.substring(path.lastIndexOf('.') + 1) : member.substring(equals + 1);
                    return new Column(title, "/" + path.replace('.', '/'));
                })
                .toList();
    }
}
