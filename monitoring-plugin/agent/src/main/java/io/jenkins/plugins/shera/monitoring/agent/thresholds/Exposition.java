package io.jenkins.plugins.shera.monitoring.agent.thresholds;

import io.jenkins.plugins.shera.monitoring.promql.Matcher;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedThreshold;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Thresholds as a page that Prometheus scrapes. */
public final class Exposition {

    /** What the page says it is. */
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private Exposition() {}

    /** The page; {@code damaged} is how many tenants' files could not be read. */
    public static byte[] of(Map<String, ServedBook> books, int damaged) {
        StringBuilder page = new StringBuilder();
        head(page, ServedBook.DAMAGED, "Tenants whose thresholds could not be read from the disk.");
        page.append(ServedBook.DAMAGED).append(' ').append(damaged).append('\n');
        head(page, ServedBook.GENERATION, "How often the thresholds of a tenant were changed.");
        books.forEach((tenant, book) -> page.append(ServedBook.GENERATION)
                .append(labels(Map.of("tenant", tenant)))
                .append(' ')
                .append(book.generation())
                .append('\n'));
        head(page, ServedBook.METRIC, "The limit of a metric of an application.");
        for (ServedBook book : books.values()) {
            for (ServedThreshold each : book.thresholds()) {
                page.append(ServedBook.METRIC).append(labels(each.labels())).append(' ');
                page.append(each.limit()).append('\n');
            }
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void head(StringBuilder page, String metric, String help) {
        page.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(metric).append(" gauge\n");
    }

    private static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(each -> each.getKey() + "=" + Matcher.quoted(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
