package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
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

/** One environment of an application, for reads and writes; the application's page shows it. */
@ExportedBean(defaultVisibility = 999)
public final class EnvironmentView extends EnvironmentFacts implements ModelObject {

    private final Tenant tenant;
    private final Application application;
    private final String name;

    EnvironmentView(Tenant tenant, Application application, Environment environment) {
        super(environment);
        this.tenant = tenant;
        this.application = application;
        this.name = environment.getName();
    }

    @Override
    public String getDisplayName() {
        return name;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Whoever opens the address in a browser is shown the page that has it. */
    @GET
    public HttpResponse doIndex() {
        return HttpResponses.redirectTo(Addresses.of(application) + "/");
    }

    /** The application's version, which a write has to name. */
    @Exported
    public long getVersion() {
        return application.getVersion();
    }

    @Exported
    public String getUrl() {
        return Addresses.of(application) + "/environment/" + name;
    }

    /** Replaces the environment. */
    @RequirePOST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        return write(request, "environment.update").run(fields -> {
            Environment wanted = Bodies.environment(Bodies.same("name", name, fields), fields);
            OptionalLong version = fields.number("version");
            fields.done();
            Application updated = new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request))
                    .updateEnvironments(application, version, list -> {
                        list.replaceAll(each -> each.getName().equals(name) ? wanted : each);
                        return list;
                    });
            return JsonAnswer.ok().put("url", getUrl()).put("version", updated.getVersion());
        });
    }

    /** Takes the environment out of the application; what runs there is left alone. */
    @RequirePOST
    public HttpResponse doRemove(StaplerRequest2 request) {
        return write(request, "environment.remove").run(fields -> {
            OptionalLong version = fields.number("version");
            fields.done();
            Application updated = new Administration(SheraConfiguration.get())
                    .updateEnvironments(application, version, list -> {
                        list.removeIf(each -> each.getName().equals(name));
                        return list;
                    });
            return JsonAnswer.ok().put("url", Addresses.of(updated)).put("version", updated.getVersion());
        });
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName() + "/" + name)
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ADMINISTER, needed -> TenantFolder.allows(tenant, needed));
    }
}
