package io.jenkins.plugins.shera.monitoring.history;

import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A question for the mean of each step, pod by pod, in one namespace. There is no other way to ask for values, so none that leaves the
 * namespace out.
 *
 * @param until not included
 */
record InfluxQuery(
        InfluxPlace place,
        InfluxSchema schema,
        Recorded recorded,
        Subject subject,
        Instant since,
        Instant until,
        Duration step) {

    /** More series than this are not asked for. */
    static final int MOST_SERIES = 200;

    private static final int MOST_POINTS = 1_100;

    InfluxQuery {
        long points = Duration.between(since, until).toMillis() / Math.max(1, step.toMillis());
        if (step.toMillis() < 1 || points < 0 || points > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "InfluxDB is asked for at most " + MOST_POINTS + " moments at once, not for " + points);
        }
    }

    /** As InfluxDB reads it. */
    String text() {
        String mean = "mean(" + InfluxText.name(recorded.field()) + "::field)";
        StringBuilder text = new StringBuilder("SELECT ")
                .append(recorded.counter() ? "non_negative_derivative(" + mean + ", 1s)" : mean)
                .append(" AS \"v\" FROM ")
                .append(place.measurement(recorded.measurement()))
                .append(" WHERE ")
                .append(tag(schema.namespace()))
                .append(" = ")
                .append(InfluxText.string(subject.namespace()))
                .append(" AND ")
                .append(tag(schema.pod()))
                .append(" =~ ")
                .append(InfluxText.regex(subject.pods()));
        if (recorded.ofContainer()) {
            equal(text, schema.container(), subject.application());
        }
        Map<String, String> more = new TreeMap<>(recorded.tags());
        more.putAll(place.conditions());
        more.forEach((name, value) -> equal(text, name, value));
        return text.append(" AND time >= ")
                .append(since.toEpochMilli())
                .append("ms AND time < ")
                .append(until.toEpochMilli())
                .append("ms GROUP BY time(")
                .append(step.toMillis())
                .append("ms), ")
                .append(tag(schema.namespace()))
                .append(", ")
                .append(tag(schema.pod()))
                .append(" fill(none) LIMIT ")
                .append(MOST_POINTS + 2)
                .append(" SLIMIT ")
                .append(MOST_SERIES + 1)
                .toString();
    }

    private static void equal(StringBuilder text, String name, String value) {
        text.append(" AND ").append(tag(name)).append(" = ").append(InfluxText.string(value));
    }

    /** Said to be a tag: a field of the same name is nobody's namespace. */
    private static String tag(String name) {
        return InfluxText.name(name) + "::tag";
    }
}
