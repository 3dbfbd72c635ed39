package io.jenkins.plugins.shera.nginx.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a node tells what it answered in some seconds. What it tells is believed for itself alone, and bounded. */
public final class ToldRequests {
    /** Longest time that one telling may be about, in milliseconds. */
    public static final long LONGEST = 120_000;

    private static final int MOST_ROWS = 1000;
    private static final int LONGEST_NAME = 255;

    private ToldRequests() {}

    /** As JSON; of more than a thousand rows those with the fewest requests are counted as other hosts. */
    public static ObjectNode json(NodeFigures figures) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("since", figures.since()).put("until", figures.until());
        ArrayNode rows = json.putArray("rows");
        List<Row> sorted = figures.rows().stream()
                .sorted(Comparator.comparingLong((Row row) -> row.tally().requests())
                        .reversed())
                .toList();
        Tally rest = new Tally();
        for (Row row : sorted) {
            if (rows.size() < MOST_ROWS) {
                row(rows.addObject(), row);
            } else {
                rest.add(row.tally());
            }
        }
        if (rest.requests() > 0) {
            row(rows.addObject(), new Row("", "", "", rest));
        }
        return json;
    }

    private static void row(ObjectNode json, Row row) {
        json.put("host", row.host()).put("tenant", row.tenant()).put("upstream", row.upstream());
        ArrayNode classes = json.putArray("classes");
        for (int digit = 1; digit <= 5; digit++) {
            classes.add(row.tally().ofClass(digit));
        }
        ArrayNode bounds = json.putArray("bounds");
        for (int bound = 0; bound <= Tally.BOUNDS.size(); bound++) {
            bounds.add(row.tally().ofBound(bound));
        }
        json.put("seconds", row.tally().seconds());
    }

    /**
     * Reads what {@link #json} made.
     *
     * @throws IllegalArgumentException where the time is none, or too long
     */
    public static NodeFigures of(JsonNode json) {
        long since = json.path("since").asLong();
        long until = json.path("until").asLong();
        if (since < 1 || until <= since || until - since > LONGEST) {
            throw new IllegalArgumentException("The figures are not of 1 to " + LONGEST + " ms.");
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
            if (rows.size() <= MOST_ROWS) {
                rows.add(new Row(
                        name(row, "host"),
                        name(row, "tenant"),
                        name(row, "upstream"),
                        Tally.of(
                                numbers(row.path("classes")),
                                numbers(row.path("bounds")),
                                row.path("seconds").asDouble())));
            }
        }
        return new NodeFigures(since, until, false, rows);
    }

    private static List<Long> numbers(JsonNode json) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode one : json) {
            if (numbers.size() <= Tally.BOUNDS.size()) {
                numbers.add(one.asLong());
            }
        }
        return numbers;
    }

    private static String name(JsonNode row, String field) {
        String text = row.path(field).asText("");
        return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
    }
}
