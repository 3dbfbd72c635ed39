package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.KubengKeys;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Makes, replaces and revokes the tokens of KubeNg nodes; for administrators. */
final class KubengTokens {
    private final String tenant;
    private final Function<String, NginxCluster> clusters;

    /** The function gives a cluster of the tenant, or refuses. */
    KubengTokens(String tenant, Function<String, NginxCluster> clusters) {
        this.tenant = tenant;
        this.clusters = clusters;
    }

    private record Node(String cluster, String name) {}

    HttpResponse renew(StaplerRequest2 request) {
        return write(request, "kubeng.token").run(fields -> {
            Node node = node(fields);
            String token = KubengKeys.get().renew(node.cluster(), node.name());
            line("kubeng.token", node).done();
            return JsonAnswer.ok().put("token", token);
        });
    }

    HttpResponse revoke(StaplerRequest2 request) {
        return write(request, "kubeng.revoke").run(fields -> {
            Node node = node(fields);
            if (!KubengKeys.get().revoke(node.cluster(), node.name())) {
                throw Refusal.unknown("node", Messages.kubeng_noToken(node.name()), Messages.kubeng_noToken_next());
            }
            line("kubeng.revoke", node).done();
            return JsonAnswer.ok();
        });
    }

    private Node node(Fields fields) {
        String cluster = fields.text("nginx");
        String name = fields.text("node");
        fields.done();
        if (!clusters.apply(cluster).daemonNames().contains(name)) {
            throw Refusal.unknown("node", Messages.kubeng_noNode(cluster), Messages.kubeng_noNode_next());
        }
        return new Node(cluster, name);
    }

    private AuditLine line(String what, Node node) {
        return AuditLine.of(what, node.cluster() + "/" + node.name()).tenant(tenant);
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, "")
                .tenant(tenant)
                .permitted(SheraPermissions.ADMINISTER, Jenkins.get()::hasPermission);
    }
}
