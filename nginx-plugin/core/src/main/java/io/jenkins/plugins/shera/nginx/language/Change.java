package io.jenkins.plugins.shera.nginx.language;

import java.util.List;

/**
 * One difference of meaning between two configurations.
 *
 * @param where the blocks around it from the outside in, such as {@code http}, {@code server shop.example.com}
 * @param before the directive as it was, on one line; null when it was added
 * @param after the directive as it is; null when it was taken away
 */
public record Change(List<String> where, String before, String after) {

    /** Copies the list. */
    public Change {
        where = List.copyOf(where);
    }

    @Override
    public String toString() {
        String place = where.isEmpty() ? "" : String.join(" > ", where) + ": ";
        if (before == null) {
            return place + "+ " + after;
        }
        return after == null ? place + "- " + before : place + before + " -> " + after;
    }
}
