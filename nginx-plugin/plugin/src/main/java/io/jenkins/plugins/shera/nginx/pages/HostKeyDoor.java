package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nodes.ssh.HostKey;
import io.jenkins.plugins.shera.nodes.ssh.SshNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Shows and accepts the keys by which nodes that are reached by SSH are known; for administrators. */
final class HostKeyDoor {
    private final String tenant;
    private final Function<String, NginxCluster> clusters;

    /** The function gives a cluster of the tenant, or refuses. */
    HostKeyDoor(String tenant, Function<String, NginxCluster> clusters) {
        this.tenant = tenant;
        this.clusters = clusters;
    }

    HttpResponse show(StaplerRequest2 request) {
        return write(request, "nginx.hostKey").run(fields -> {
            NginxCluster cluster = clusters.apply(fields.text("nginx"));
            NginxNodeSettings node = node(cluster, fields.text("node"));
            fields.done();
            try {
                HostKey shown = SshNode.show(node.getHost(), node.getSshPort());
                ObjectNode answer = JsonAnswer.ok();
                answer.put("key", shown.text());
                answer.put("fingerprint", shown.fingerprint());
                answer.put(
                        "known",
                        HostKey.of(node.getHostKey()).map(HostKey::fingerprint).orElse(""));
                return answer;
            } catch (IOException e) {
                throw Refusal.conflict("node", e.getMessage(), "");
            }
        });
    }

    HttpResponse accept(StaplerRequest2 request) {
        return write(request, "nginx.acceptHostKey").run(fields -> {
            NginxCluster cluster = clusters.apply(fields.text("nginx"));
            String name = fields.text("node");
            NginxNodeSettings node = node(cluster, name);
            String text = fields.text("key");
            fields.done();
            HostKey key = HostKey.of(text)
                    .orElseThrow(() -> Refusal.input("key", Messages.hostKey_none(), Messages.hostKey_none_next()));
            AuditLine line = AuditLine.of("nginx.acceptHostKey", cluster.getId() + "/" + name)
                    .tenant(tenant)
                    .before(node.getHostKey())
                    .after(key.text());
            NginxConfiguration.get().know(cluster, node, key.text());
            line.done();
            return JsonAnswer.ok();
        });
    }

    private static NginxNodeSettings node(NginxCluster cluster, String name) {
        int index = NodeAccess.names(cluster.getNodes()).indexOf(name);
        if (index < 0 || !cluster.getNodes().get(index).isSsh()) {
            throw Refusal.unknown("node", Messages.hostKey_noNode(cluster.getId()), Messages.hostKey_noNode_next());
        }
        return cluster.getNodes().get(index);
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, "")
                .tenant(tenant)
                .permitted(SheraPermissions.ADMINISTER, Jenkins.get()::hasPermission);
    }
}
