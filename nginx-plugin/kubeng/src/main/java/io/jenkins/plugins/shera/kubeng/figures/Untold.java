package io.jenkins.plugins.shera.kubeng.figures;

import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures.Row;
import io.jenkins.plugins.shera.nginx.figures.ToldRequests;
import java.util.List;

/** What nginx answered since Jenkins was last told; what is too old to be told is forgotten. Usable from many threads. */
final class Untold {
    private long since = System.currentTimeMillis();
    private List<Row> rows = List.of();

    /** Adds what one look at the log found. */
    synchronized void add(List<Row> found) {
        long now = System.currentTimeMillis();
        if (now < since || now - since >= ToldRequests.LONGEST / 2) {
            since = now;
            rows = List.of();
        }
        if (!found.isEmpty()) {
            rows = NodeFigures.together(
                    List.of(new NodeFigures(0, 0, false, rows), new NodeFigures(0, 0, false, found)));
        }
    }

    /** Gives it, and begins anew. */
    synchronized NodeFigures take() {
        long now = Math.max(since + 1, System.currentTimeMillis());
        NodeFigures taken = new NodeFigures(since, now, false, rows);
        since = now;
        rows = List.of();
        return taken;
    }
}
