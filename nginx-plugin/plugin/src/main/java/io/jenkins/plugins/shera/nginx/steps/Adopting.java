package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.model.Run;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.site.EditPolicy;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.work.EditsOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes what a hand changed on one node what is intended on every node of the cluster; the caller checked who may. */
public final class Adopting {
    private static final String FILE = "routes.conf";

    private final NginxCluster cluster;
    private final String tenant;
    private final String who;
    private Run<?, ?> run;

    /** In the name of {@code who}. */
    public Adopting(NginxCluster cluster, String tenant, String who) {
        this.cluster = cluster;
        this.tenant = tenant;
        this.who = who;
    }

    Adopting from(Run<?, ?> build) {
        this.run = build;
        return this;
    }

    /**
     * Adopts the edits of this node: all nodes take them, or none.
     *
     * @throws IOException with a message for people, if nothing was edited there, or a node refused
     */
    public void adopt(String name, Consumer<String> log) throws IOException, InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        int index = NodeAccess.names(nodes).indexOf(name);
        if (index < 0) {
            throw failed(Messages.Adopting_unknown(cluster.getId(), String.join(", ", NodeAccess.names(nodes))));
        }
        EditsOnNode.Found found = NodeAccess.channel(nodes.get(index)).call(EditsOnNode.read());
        if (found.text().equals(found.generated()) && found.site() == null) {
            throw failed(Messages.Adopting_nothing(name));
        }
        try {
            EditPolicy.check(FILE, found.generated(), found.text(), SiteDesk.allowance(tenant));
            if (!found.text().equals(found.generated())) {
                everywhere(found.generated(), found.text());
                log.accept(Messages.Adopting_done(FILE, name, nodes.size()));
            }
            if (found.site() != null) {
                long base = SiteDesk.history(cluster.getId())
                        .latest()
                        .map(SiteHistory.Entry::number)
                        .orElse(0L);
                SiteDesk.push(
                        cluster,
                        tenant,
                        base,
                        found.site(),
                        new SitePush(tenant, found.site(), "", Integer.MAX_VALUE, 0, ErrorWatch.off()),
                        who,
                        Messages.Adopting_reason(name),
                        log);
            }
        } catch (InvalidSiteException e) {
            throw failed(e.getMessage());
        } catch (IOException e) {
            audit().failed(e.getMessage());
            throw e;
        }
        audit().after(JsonNodeFactory.instance.objectNode().put("node", name).toString())
                .done();
    }

    /** Lets go of every adopted edit of the routes: all nodes have again what is generated, or none. */
    public void release() throws IOException, InterruptedException {
        if (cluster.getNodes().isEmpty()) {
            throw failed(Messages.PublishRouteExecution_noNodes(cluster.getId()));
        }
        NginxNodeSettings first = cluster.getNodes().get(0);
        EditsOnNode.Found found = NodeAccess.channel(first).call(EditsOnNode.read());
        try {
            everywhere(found.generated(), found.generated());
        } catch (IOException e) {
            audit().failed(e.getMessage());
            throw e;
        }
        audit().after("{}").done();
    }

    private void everywhere(String generated, String text) throws IOException, InterruptedException {
        List<NginxNodeSettings> nodes = cluster.getNodes();
        List<EditsOnNode.Found> before = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                before.add(put(nodes.get(i), generated, text));
            } catch (IOException e) {
                String lost = giveBack(nodes, before);
                throw failed(Messages.Adopting_refused(NodeAccess.names(nodes).get(i), e.getMessage())
                        + (lost.isEmpty() ? "" : " " + Messages.SitePush_lost(lost)));
            }
        }
    }

    private static String giveBack(List<NginxNodeSettings> nodes, List<EditsOnNode.Found> before)
            throws InterruptedException {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            try {
                put(nodes.get(i), before.get(i).generated(), before.get(i).text());
            } catch (IOException e) {
                lost.add(NodeAccess.names(nodes).get(i) + " (" + e.getMessage() + ")");
            }
        }
        return String.join(", ", lost);
    }

    private static EditsOnNode.Found put(NginxNodeSettings node, String generated, String text)
            throws IOException, InterruptedException {
        return NodeAccess.channel(node).call(EditsOnNode.adopt(generated, text));
    }

    private AuditLine audit() {
        AuditLine line = AuditLine.of("nginx.adopt", cluster.getId()).tenant(tenant);
        return run == null ? line : line.from(run);
    }

    private static IOException failed(String message) {
        return new SitePush.FailedException(message, null);
    }
}
