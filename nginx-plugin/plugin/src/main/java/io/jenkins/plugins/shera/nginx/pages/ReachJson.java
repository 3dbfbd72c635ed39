package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.desk.NodeBoard;
import io.jenkins.plugins.shera.nginx.reach.Unreached;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.work.ReachOnNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which members of their upstreams the nodes of a cluster do not reach: asked of them, or as KubeNg last told. */
final class ReachJson {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final NginxCluster cluster;
    private final String tenant;

    /** Null for the tenant tells everything. */
    ReachJson(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    ObjectNode read() throws InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("cluster", cluster.getId());
        ArrayNode nodes = body.putArray("nodes");
        if (cluster.isKubeng()) {
            told(nodes);
        } else {
            asked(nodes);
        }
        return body;
    }

    private void told(ArrayNode nodes) {
        for (String name : cluster.daemonNames()) {
            NodeBoard.Line line = KubengDesks.get().board(cluster).line(name).orElse(null);
            if (line == null) {
                node(nodes, name, List.of(), Messages.reach_neverHeard());
            } else {
                node(nodes, name, line.told().unreached(), "");
            }
        }
    }

    private void asked(ArrayNode nodes) throws InterruptedException {
        List<NginxNodeSettings> all = cluster.getNodes();
        List<String> names = NodeAccess.names(all);
        List<Future<ArrayList<Unreached>>> answers = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (NginxNodeSettings one : all) {
            try {
                answers.add(NodeAccess.channel(one).callAsync(ReachOnNode.now()));
                errors.add("");
            } catch (IOException e) {
                answers.add(null);
                errors.add(String.valueOf(e.getMessage()));
            }
        }
        long end = System.nanoTime() + LIMIT_NANOS;
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) == null) {
                node(nodes, names.get(i), List.of(), errors.get(i));
                continue;
            }
            try {
                List<Unreached> found = answers.get(i).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                node(nodes, names.get(i), found, "");
            } catch (TimeoutException e) {
                answers.get(i).cancel(true);
                node(nodes, names.get(i), List.of(), Messages.slow());
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                node(nodes, names.get(i), List.of(), String.valueOf(cause.getMessage()));
            }
        }
    }

    private void node(ArrayNode nodes, String name, List<Unreached> unreached, String error) {
        ObjectNode json = nodes.addObject().put("name", name).put("error", error);
        ArrayNode all = json.putArray("unreached");
        unreached.stream()
                .filter(one -> tenant == null || one.owner().startsWith(tenant + "."))
                .forEach(one -> all.addObject()
                        .put("owner", one.owner())
                        .put("address", one.address())
                        .put("why", one.why().name()));
    }
}
