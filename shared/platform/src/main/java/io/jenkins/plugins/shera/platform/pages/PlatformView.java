package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.extension.ConnectionKind;
import io.jenkins.plugins.shera.platform.health.HealthBoard;
import io.jenkins.plugins.shera.platform.neighbours.CloudFacts;
import io.jenkins.plugins.shera.platform.neighbours.KubernetesClouds;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The clusters and registries of the platform, for who may administer SheRa. */
@ExportedBean
public final class PlatformView extends SheraPage implements StaplerProxy {

    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(SheraPermissions.ADMINISTER);
        return this;
    }

    @Override
    public String getDisplayName() {
        return io.jenkins.plugins.shera.platform.Messages.PlatformView_displayName();
    }

    @Override
    public String getPageName() {
        return "platform";
    }

    @Override
    public String getPageUrl() {
        return Addresses.console() + "/platform";
    }

    @Exported
    public boolean isCanAdminister() {
        return isAdministrator();
    }

    @Exported
    public List<ClusterView> getClusters() {
        return SheraConfiguration.get().getClusters().stream()
                .map(ClusterView::new)
                .toList();
    }

    @Exported
    public List<RegistryView> getRegistries() {
        return SheraConfiguration.get().getRegistries().stream()
                .map(RegistryView::new)
                .toList();
    }

    /** What the Kubernetes plugin knows of clusters that are not set up here. */
    @Exported
    public List<CloudFacts> getClouds() {
        return KubernetesClouds.offered();
    }

    @Exported
    public List<Problem> getProblems() {
        return Problem.all();
    }

    /** Every connection with what was last heard of it. */
    @Exported
    public List<HealthFacts> getConnections() {
        Map<String, String> titles =
                ConnectionKind.all().stream().collect(Collectors.toMap(ConnectionKind::id, ConnectionKind::title));
        return HealthBoard.get().all().stream()
                .map(health -> new HealthFacts(titles.get(health.kind()), health))
                .toList();
    }

    /** What runs here, in which version. */
    @Exported
    public List<VersionFacts> getVersions() {
        return VersionFacts.all();
    }

    /** Asks every connection now and answers when all were asked. */
    @RequirePOST
    public HttpResponse doAskConnections(StaplerRequest2 request) {
        return write(request, "connections.ask", "").run(fields -> {
            fields.done();
            HealthBoard.get().ask();
            return JsonAnswer.ok().put("url", getPageUrl());
        });
    }

    /** What may be given to whoever helps, as a zip; nothing in it is a secret. */
    @GET
    public void doSupport(StaplerResponse2 response) throws IOException {
        AuditLine.of("support.bundle", "").done();
        response.setContentType("application/zip");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "attachment; filename=\"shera-support.zip\"");
        SupportParts.write(response.getOutputStream());
    }

    /** One cluster. */
    public ClusterView getCluster(String id) {
        KubernetesCluster cluster = SheraConfiguration.get().cluster(id);
        return cluster == null ? null : new ClusterView(cluster);
    }

    /** One registry. */
    public RegistryView getRegistry(String id) {
        ContainerRegistry registry = SheraConfiguration.get().registry(id);
        return registry == null ? null : new RegistryView(registry);
    }

    /** Adds a cluster. */
    @RequirePOST
    public HttpResponse doCreateCluster(StaplerRequest2 request) {
        return write(request, "cluster.create", "").run(fields -> {
            KubernetesCluster wanted = Bodies.cluster(fields.text("id"), fields);
            fields.number("version");
            fields.done();
            KubernetesCluster created =
                    new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).create(wanted);
            return JsonAnswer.ok()
                    .put("url", Addresses.cluster(created.getId()))
                    .put("version", created.getVersion());
        });
    }

    /** Adds a registry. */
    @RequirePOST
    public HttpResponse doCreateRegistry(StaplerRequest2 request) {
        return write(request, "registry.create", "").run(fields -> {
            ContainerRegistry wanted = Bodies.registry(fields.text("id"), fields);
            fields.number("version");
            fields.done();
            ContainerRegistry created =
                    new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).create(wanted);
            return JsonAnswer.ok()
                    .put("url", Addresses.registry(created.getId()))
                    .put("version", created.getVersion());
        });
    }

    static WebWrite write(StaplerRequest2 request, String what, String subject) {
        return WebWrite.of(request, what, subject).permitted(SheraPermissions.ADMINISTER, Jenkins.get()::hasPermission);
    }
}
