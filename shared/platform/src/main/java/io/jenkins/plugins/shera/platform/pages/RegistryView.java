package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.connection.ConnectionTests;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.util.OptionalLong;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One registry, for reads and writes; the platform page shows it. */
@ExportedBean(defaultVisibility = 999)
public final class RegistryView implements ModelObject {

    private final ContainerRegistry registry;

    RegistryView(ContainerRegistry registry) {
        this.registry = registry;
    }

    @Override
    public String getDisplayName() {
        return registry.getId();
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
        return registry.getId();
    }

    @Exported
    public String getAddress() {
        return registry.getAddress();
    }

    @Exported
    public String getPullAddress() {
        return registry.getPullAddress();
    }

    @Exported
    public String getCredentialsId() {
        return registry.getCredentialsId();
    }

    @Exported
    public boolean isInsecure() {
        return registry.isInsecure();
    }

    @Exported
    public String getCaCertificate() {
        return registry.getCaCertificate();
    }

    @Exported
    public long getVersion() {
        return registry.getVersion();
    }

    @Exported
    public String getUrl() {
        return Addresses.registry(registry.getId());
    }

    /** Replaces the registry's settings. */
    @RequirePOST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        return PlatformView.write(request, "registry.update", registry.getId()).run(fields -> {
            ContainerRegistry wanted = Bodies.registry(Bodies.same("id", registry.getId(), fields), fields);
            OptionalLong version = fields.number("version");
            fields.done();
            ContainerRegistry updated =
                    new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).update(wanted, version);
            return JsonAnswer.ok().put("url", getUrl()).put("version", updated.getVersion());
        });
    }

    /** Removes the registry from the platform; its images are left alone. */
    @RequirePOST
    public HttpResponse doRemove(StaplerRequest2 request) {
        return PlatformView.write(request, "registry.remove", registry.getId()).run(fields -> {
            OptionalLong version = fields.number("version");
            fields.done();
            new Administration(SheraConfiguration.get()).removeRegistry(registry.getId(), version);
            return JsonAnswer.ok().put("url", Addresses.console() + "/platform");
        });
    }

    /** Asks the registry whether it answers and takes the platform's credential. */
    @RequirePOST
    public HttpResponse doTest(StaplerRequest2 request) {
        return PlatformView.write(request, "registry.test", registry.getId()).run(fields -> {
            fields.done();
            String message = ConnectionTests.of(registry).toString();
            AuditLine.of("registry.test", registry.getId()).done();
            return JsonAnswer.ok().put("message", message);
        });
    }
}
