package io.jenkins.plugins.shera.nginx.figures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a node, or several, answered in a range of time.
 *
 * @param since milliseconds since 1970 by the clock of the node
 * @param until the first that is not meant
 * @param cut whether the range was too long to be read from its beginning
 * @param rows one for each host and upstream
 */
public record NodeFigures(long since, long until, boolean cut, List<Row> rows) implements Serializable {
    /** More upstreams of one host than this are counted together: a variable may name as many as clients like. */
    private static final int MOST_UPSTREAMS = 50;

    /** Copies the rows. */
    public NodeFigures {
        rows = List.copyOf(rows);
    }

    /**
     * A host and where its requests were passed on to.
     *
     * @param host empty for all hosts that nobody configured, together
     * @param tenant whose routes the host has; empty for none
     * @param upstream empty for requests that were not passed on
     */
    public record Row(String host, String tenant, String upstream, Tally tally) implements Serializable {}

    /** Sorts requests into rows. */
    public static final class Sorter {
        private final Map<String, String> tenants;
        private final TreeMap<String, TreeMap<String, Tally>> byHost = new TreeMap<>();

        /** For these hosts, each with the tenant it belongs to; all others are one. */
        public Sorter(Map<String, String> tenants) {
            this.tenants = tenants;
        }

        /** Counts a request. */
        public void count(RequestLine line) {
            String host = tenants.containsKey(line.host()) ? line.host() : "";
            TreeMap<String, Tally> ofHost = byHost.computeIfAbsent(host, name -> new TreeMap<>());
            String upstream = host.isEmpty() || ofHost.size() >= MOST_UPSTREAMS && !ofHost.containsKey(line.upstream())
                    ? ""
                    : line.upstream();
            ofHost.computeIfAbsent(upstream, name -> new Tally()).count(line);
        }

        /** What was counted. */
        public List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            byHost.forEach((host, upstreams) -> upstreams.forEach(
                    (upstream, tally) -> rows.add(new Row(host, tenants.getOrDefault(host, ""), upstream, tally))));
            return rows;
        }
    }

    /** The part that one tenant may see. */
    public NodeFigures of(String tenant) {
        return new NodeFigures(
                since,
                until,
                cut,
                rows.stream().filter(row -> row.tenant().equals(tenant)).toList());
    }

    /** The rows of several nodes as one list. */
    public static List<Row> together(Collection<NodeFigures> nodes) {
        return summed(nodes, row -> row.host() + " " + row.upstream());
    }

    /** By host alone. */
    public static List<Row> byHost(Collection<NodeFigures> nodes) {
        return summed(nodes, Row::host);
    }

    private static List<Row> summed(Collection<NodeFigures> nodes, Function<Row, String> key) {
        TreeMap<String, Row> sums = new TreeMap<>();
        for (NodeFigures node : nodes) {
            for (Row row : node.rows()) {
                sums.computeIfAbsent(
                                key.apply(row), name -> new Row(row.host(), row.tenant(), row.upstream(), new Tally()))
                        .tally()
                        .add(row.tally());
            }
        }
        return List.copyOf(sums.values());
    }
}
