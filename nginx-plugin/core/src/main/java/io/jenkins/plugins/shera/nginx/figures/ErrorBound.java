package io.jenkins.plugins.shera.nginx.figures;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * When answers with a status from 500 on have become more.
 *
 * @param points percentage points by which their share may rise
 * @param requests fewer than that are not judged, and before a change not compared with
 */
public record ErrorBound(double points, long requests) {
    /**
     * Shares of one host, or of all.
     *
     * @param host empty for all requests together
     * @param before percent of errors before the change
     * @param after percent of errors since
     * @param errors how many that were
     * @param requests of how many
     */
    public record Rise(String host, double before, double after, long errors, long requests) {}

    /** Requests and errors by host, the empty one for all together: plain, so that it can be saved with a build. */
    public static Map<String, long[]> shares(Collection<NodeFigures> nodes) {
        TreeMap<String, long[]> shares = new TreeMap<>();
        long[] all = {0, 0};
        for (NodeFigures.Row row : NodeFigures.byHost(nodes)) {
            long[] one = {row.tally().requests(), row.tally().ofClass(5)};
            all[0] += one[0];
            all[1] += one[1];
            if (!row.host().isEmpty()) {
                shares.put(row.host(), one);
            }
        }
        shares.put("", all);
        return shares;
    }

    /** The host whose errors rose most beyond the bound, or all hosts together where they did. */
    public Optional<Rise> broken(Map<String, long[]> before, Map<String, long[]> after) {
        return rises(before, after).stream()
                .filter(rise -> rise.after() - rise.before() > points)
                .max((one, other) -> Double.compare(one.after() - one.before(), other.after() - other.before()));
    }

    /** All hosts together; nothing where there were too few requests. */
    public Optional<Rise> whole(Map<String, long[]> before, Map<String, long[]> after) {
        return rises(before, after).stream()
                .filter(rise -> rise.host().isEmpty())
                .findFirst();
    }

    private List<Rise> rises(Map<String, long[]> before, Map<String, long[]> after) {
        return after.entrySet().stream()
                .filter(each -> each.getValue()[0] >= Math.max(1, requests))
                .map(each -> {
                    long[] then = before.getOrDefault(each.getKey(), new long[] {0, 0});
                    long[] now = each.getValue();
                    double was = then[0] >= Math.max(1, requests) ? percent(then) : 0;
                    return new Rise(each.getKey(), was, percent(now), now[1], now[0]);
                })
                .toList();
    }

    private static double percent(long[] counts) {
        return 100.0 * counts[1] / counts[0];
    }
}
