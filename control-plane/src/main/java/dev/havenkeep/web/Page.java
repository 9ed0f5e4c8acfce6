package dev.havenkeep.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items of this page, in the list's order
 * @param nextCursor what to pass as {@code cursor} for the next page; absent on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /** Cuts a page from a query that asked for one row more than the limit. */
    public static <T> Page<T> of(List<T> rows, Paging paging, java.util.function.Function<T, String> key) {
        if (rows.size() <= paging.limit()) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, paging.limit());
        return new Page<>(items, Paging.encode(key.apply(items.getLast())));
    }

    /** The same page with each item mapped. */
    public <R> Page<R> map(java.util.function.Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), nextCursor);
    }
}
