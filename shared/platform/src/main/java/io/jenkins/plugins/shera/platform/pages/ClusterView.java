package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.connection.ConnectionTests;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.util.List;
import java.util.OptionalLong;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One cluster, for reads and writes; the platform page shows it. */
@ExportedBean(defaultVisibility = 999)
public final class ClusterView implements ModelObject {

    private final KubernetesCluster cluster;

    ClusterView(KubernetesCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String getDisplayName() {
        return cluster.getId();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Whoever opens the address in a browser is shown the page that has it. */
    @GET
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo(Addresses.console() + "/platform/");
    }

    @Exported
    public String getId() {
        return cluster.getId();
    }

    @Exported
    public String getServer() {
        return cluster.getServer();
    }

    @Exported
    public String getCaCertificate() {
        return cluster.getCaCertificate();
    }

    @Exported
    public String getCredentialsId() {
        return cluster.getCredentialsId();
    }

    @Exported
    public boolean isImpersonation() {
        return cluster.isImpersonation();
    }

    @Exported
    public String getDebugImage() {
        return cluster.getDebugImage();
    }

    @Exported
    public boolean isInsecure() {
        return cluster.isInsecure();
    }

    @Exported
    public List<LoginFacts> getTenantAccess() {
        return cluster.getTenantAccess().stream().map(LoginFacts::new).toList();
    }

    @Exported
    public long getVersion() {
        return cluster.getVersion();
    }

    @Exported
    public String getUrl() {
        return Addresses.cluster(cluster.getId());
    }

    /** Replaces the cluster's settings. */
    @RequirePOST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        return PlatformView.write(request, "cluster.update", cluster.getId()).run(fields -> {
            KubernetesCluster wanted = Bodies.cluster(Bodies.same("id", cluster.getId(), fields), fields);
            OptionalLong version = fields.number("version");
            fields.done();
            KubernetesCluster updated =
                    new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).update(wanted, version);
            return JsonAnswer.ok().put("url", getUrl()).put("version", updated.getVersion());
        });
    }

    /** Removes the cluster from the platform; the cluster itself is left alone. */
    @RequirePOST
    public HttpResponse doRemove(StaplerRequest2 request) {
        return PlatformView.write(request, "cluster.remove", cluster.getId()).run(fields -> {
            OptionalLong version = fields.number("version");
            fields.done();
            new Administration(SheraConfiguration.get()).removeCluster(cluster.getId(), version);
            return JsonAnswer.ok().put("url", Addresses.console() + "/platform");
        });
    }

    /** Asks the cluster whether it answers and takes the platform's credential. */
    @RequirePOST
    public HttpResponse doTest(StaplerRequest2 request) {
        return PlatformView.write(request, "cluster.test", cluster.getId()).run(fields -> {
            fields.done();
            String message = ConnectionTests.of(cluster).toString();
            AuditLine.of("cluster.test", cluster.getId()).done();
            return JsonAnswer.ok().put("message", message);
        });
    }

    /** A tenant's own credential for the cluster. */
    @ExportedBean(defaultVisibility = 999)
    public static final class LoginFacts {
        private final TenantLogin login;

        LoginFacts(TenantLogin login) {
            this.login = login;
        }

        @Exported
        public String getTenant() {
            return login.getTenant();
        }

        @Exported
        public String getCredentialsId() {
            return login.getCredentialsId();
        }
    }
}
