package io.jenkins.plugins.shera.nginx.pages;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.steps.RouteRulesSettings;
import io.jenkins.plugins.shera.nginx.steps.RouteRuling;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.function.Function;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

/** Gives a tenant's published routes their rules. */
final class RulesDoor {
    private final Tenant tenant;
    private final Function<String, NginxCluster> clusters;

    /** The function gives a cluster of the tenant, or refuses. */
    RulesDoor(Tenant tenant, Function<String, NginxCluster> clusters) {
        this.tenant = tenant;
        this.clusters = clusters;
    }

    HttpResponse put(StaplerRequest2 request) {
        return WebWrite.of(request, "route.rules", "")
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ROUTE, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    NginxCluster cluster = clusters.apply(fields.text("nginx"));
                    String application = fields.text("application");
                    String environment = fields.text("environment");
                    RouteRulesSettings wanted = RouteRulesSettings.of(fields);
                    fields.done();
                    try {
                        RouteOwner owner = RouteOwner.of(tenant.getId(), application, environment);
                        new RouteRuling(cluster, tenant).rule(owner, wanted);
                        return JsonAnswer.ok();
                    } catch (InvalidRouteException e) {
                        throw Refusal.input("rules", e.getMessage(), "");
                    } catch (IOException e) {
                        throw Refusal.conflict("nginx", e.getMessage(), "");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                });
    }
}
