package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.steps.Adopting;
import io.jenkins.plugins.shera.nginx.steps.RouteRestoring;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** What people decide about hand edits of a whole cluster. */
final class EditDoor {
    private final Tenant tenant;
    private final Function<String, NginxCluster> clusters;
    private final Predicate<NginxCluster> whole;

    /** The function gives a cluster of the tenant, or refuses; the predicate says whether the caller sees all of it. */
    EditDoor(Tenant tenant, Function<String, NginxCluster> clusters, Predicate<NginxCluster> whole) {
        this.tenant = tenant;
        this.clusters = clusters;
        this.whole = whole;
    }

    /** What is to be done. */
    interface Work {
        void by(Adopting adopting, Fields fields) throws IOException, InterruptedException;
    }

    HttpResponse of(StaplerRequest2 request, Work work) {
        return write(request, "nginx.adopt", (cluster, fields) -> {
            String caller = Jenkins.getAuthentication2().getName();
            work.by(new Adopting(cluster, tenant.getId(), caller), fields);
        });
    }

    /** Puts the routes of {@code generation} of {@code node} back on every node of {@code nginx}. */
    HttpResponse restore(StaplerRequest2 request) {
        return write(request, "route.restore", (cluster, fields) -> {
            String node = fields.text("node");
            long generation = fields.number("generation").orElse(0);
            fields.done();
            new RouteRestoring(cluster, tenant.getId()).restore(node, generation);
        });
    }

    private interface Change {
        void by(NginxCluster cluster, Fields fields) throws IOException, InterruptedException;
    }

    private HttpResponse write(StaplerRequest2 request, String what, Change change) {
        return WebWrite.of(request, what, "")
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ROUTE, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    NginxCluster cluster = clusters.apply(fields.text("nginx"));
                    if (cluster.isKubeng()) {
                        throw Refusal.conflict(
                                "nginx", Messages.kubeng_noFiles(cluster.getId()), Messages.kubeng_noFiles_next());
                    }
                    if (!whole.test(cluster)) {
                        throw Refusal.conflict("nginx", Messages.shared(cluster.getId()), Messages.site_shared_next());
                    }
                    try {
                        change.by(cluster, fields);
                        return JsonAnswer.ok();
                    } catch (IOException e) {
                        throw Refusal.conflict("node", e.getMessage(), "");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                });
    }
}
