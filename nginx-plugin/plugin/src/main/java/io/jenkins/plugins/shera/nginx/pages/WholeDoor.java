package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** What changes all of a cluster of pushed nodes, for who may route there and sees all of it. */
final class WholeDoor {
    private final Tenant tenant;
    private final Function<String, NginxCluster> clusters;
    private final Predicate<NginxCluster> whole;

    /** The function gives a cluster of the tenant, or refuses; the predicate says whether the caller sees all of it. */
    WholeDoor(Tenant tenant, Function<String, NginxCluster> clusters, Predicate<NginxCluster> whole) {
        this.tenant = tenant;
        this.clusters = clusters;
        this.whole = whole;
    }

    /** What is to be done with {@code nginx}. */
    interface Work {
        ObjectNode by(NginxCluster cluster, Fields fields)
                throws IOException, InterruptedException, InvalidRouteException;
    }

    Tenant tenant() {
        return tenant;
    }

    /**
     * Does it, or tells why not.
     *
     * @param what for the audit trail
     * @param field that is named where the cluster refuses
     */
    HttpResponse write(StaplerRequest2 request, String what, String field, Work work) {
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
                        return work.by(cluster, fields);
                    } catch (InvalidRouteException e) {
                        throw Refusal.input("route", e.getMessage(), "");
                    } catch (IOException e) {
                        throw Refusal.conflict(field, e.getMessage(), "");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                });
    }
}
