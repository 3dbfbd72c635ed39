package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.figures.Tally;
import io.jenkins.plugins.shera.nginx.traffic.ClusterFigures;
import io.jenkins.plugins.shera.nginx.work.FiguresOnNode;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What the nodes of a cluster answered lately, as programs and the page get it. */
final class FiguresJson {
    private static final int MOST_MINUTES = 60;
    private static final String USUAL_MINUTES = "5";

    private final NginxCluster cluster;
    private final String tenant;

    /** Null for the tenant tells everything. */
    FiguresJson(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    /** Of so many minutes, as a text; empty for the usual time. */
    ObjectNode of(String minutes) throws InterruptedException {
        String wanted = minutes.isEmpty() ? USUAL_MINUTES : minutes;
        if (!wanted.matches("[0-9]{1,2}") || Integer.parseInt(wanted) < 1 || Integer.parseInt(wanted) > MOST_MINUTES) {
            throw new RefusedRead(
                    Refusal.input("minutes", Messages.figures_minutes(), Messages.figures_minutes_next(MOST_MINUTES)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("cluster", cluster.getId());
        body.put("minutes", Integer.parseInt(wanted));
        body.put("logs", ClusterFigures.isLogging(cluster));
        Duration time = Duration.ofMinutes(Integer.parseInt(wanted));
        List<ClusterFigures.OfNode> read =
                cluster.isKubeng() ? ClusterFigures.told(cluster, time) : asked(cluster.getNodes(), time);
        ArrayNode all = body.putArray("nodes");
        read.forEach(node -> node(all.addObject(), node));
        List<NodeFigures> seen = read.stream()
                .map(ClusterFigures.OfNode::figures)
                .filter(Objects::nonNull)
                .map(this::visible)
                .toList();
        rows(body.putArray("rows"), NodeFigures.together(seen));
        return body;
    }

    private static List<ClusterFigures.OfNode> asked(List<NginxNodeSettings> nodes, Duration time)
            throws InterruptedException {
        return ClusterFigures.of(
                nodes,
                0,
                nodes.stream()
                        .map(node -> FiguresOnNode.lately(node.getRequestLog(), time))
                        .toList());
    }

    private void node(ObjectNode json, ClusterFigures.OfNode node) {
        json.put("name", node.name()).put("error", node.error());
        if (node.figures() != null) {
            json.put("cut", node.figures().cut());
            rows(json.putArray("rows"), visible(node.figures()).rows());
        }
    }

    private NodeFigures visible(NodeFigures figures) {
        return tenant == null ? figures : figures.of(tenant);
    }

    private static void rows(ArrayNode json, List<NodeFigures.Row> rows) {
        rows.forEach(row -> {
            Tally tally = row.tally();
            ObjectNode one = json.addObject();
            one.put("host", row.host()).put("tenant", row.tenant()).put("upstream", row.upstream());
            one.put("requests", tally.requests());
            one.put("clientErrors", tally.ofClass(4)).put("serverErrors", tally.ofClass(5));
            one.put("meanSeconds", tally.requests() == 0 ? 0 : tally.seconds() / tally.requests());
            double most = tally.quantile(0.95);
            // Above the last bound there is none to tell.
            one.put("p95Seconds", Double.isInfinite(most) ? -1 : most);
        });
    }
}
