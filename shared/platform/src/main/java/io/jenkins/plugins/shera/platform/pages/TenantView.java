package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Item;
import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.extension.TenantPage;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.util.List;
import java.util.OptionalLong;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The page of a tenant; made only for callers who may see it. */
@ExportedBean
public final class TenantView extends TenantFacts {

    TenantView(Tenant tenant) {
        super(tenant);
    }

    @Override
    public String getDisplayName() {
        return tenant.title();
    }

    @Override
    public String getPageName() {
        return "tenant";
    }

    @Override
    public String getPageUrl() {
        return Addresses.of(tenant);
    }

    @Exported
    public String getUrl() {
        return getPageUrl();
    }

    @Exported
    public String getTitle() {
        return tenant.title();
    }

    /** The address of the tenant's folder, null where there is none or the caller may not see it. */
    @Exported
    public String getFolderUrl() {
        Item folder = TenantFolder.of(tenant);
        return folder != null && folder.hasPermission(Item.READ) ? Addresses.root() + "/" + folder.getUrl() : null;
    }

    @Exported
    public Can getCan() {
        return new Can(tenant);
    }

    @Exported
    public List<ApplicationSummary> getApplications() {
        return SheraConfiguration.get().applicationsOf(tenant.getId()).stream()
                .map(ApplicationSummary::new)
                .toList();
    }

    /** What it asks for, uses, and may use. */
    public TenantUseView getUse() {
        return new TenantUseView(tenant);
    }

    /** What runs of its applications. */
    public RunningView getRunning() {
        return new RunningView(tenant);
    }

    /** An application's page. */
    public ApplicationView getApplication(String name) {
        Application application = SheraConfiguration.get().application(tenant.getId(), name);
        return application == null ? null : new ApplicationView(tenant, application, "");
    }

    /** The pages of plugins about this tenant that the caller may open. */
    @Exported
    public List<TabFacts> getPages() {
        return TenantPage.all().stream()
                .filter(each -> TenantFolder.allows(tenant, each.permission()))
                .map(each -> new TabFacts(each.id(), each.title(), each.icon(), getPageUrl() + "/" + each.id()))
                .toList();
    }

    /** A page of a plugin, or nothing where there is none or the caller may not open it. */
    public Object getDynamic(String id) {
        for (TenantPage each : TenantPage.all()) {
            if (each.id().equals(id)) {
                return TenantFolder.allows(tenant, each.permission()) ? each.page(tenant) : null;
            }
        }
        return null;
    }

    /** Replaces the tenant's settings; they decide what it may use, so a tenant's own administrator may not. */
    @RequirePOST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        return write(request, "tenant.update", SheraPermissions.ADMINISTER, true)
                .run(fields -> {
                    Tenant wanted = Bodies.tenant(Bodies.same("id", tenant.getId(), fields), fields);
                    OptionalLong version = fields.number("version");
                    fields.done();
                    Tenant updated = new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request))
                            .update(wanted, version);
                    return Bodies.warned(updated, JsonAnswer.ok())
                            .put("url", Addresses.of(updated))
                            .put("version", updated.getVersion());
                });
    }

    /** Removes the tenant. */
    @RequirePOST
    public HttpResponse doRemove(StaplerRequest2 request) {
        return write(request, "tenant.remove", SheraPermissions.ADMINISTER, true)
                .run(fields -> {
                    OptionalLong version = fields.number("version");
                    fields.done();
                    new Administration(SheraConfiguration.get()).removeTenant(tenant.getId(), version);
                    return JsonAnswer.ok().put("url", Addresses.console());
                });
    }

    /** Adds an application. */
    @RequirePOST
    public HttpResponse doCreateApplication(StaplerRequest2 request) {
        return write(request, "application.create", SheraPermissions.ADMINISTER, false)
                .run(fields -> {
                    Application wanted = Bodies.application(tenant.getId(), fields.text("name"), List.of(), fields);
                    fields.number("version");
                    fields.done();
                    Application created =
                            new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).create(wanted);
                    return JsonAnswer.ok().put("url", Addresses.of(created)).put("version", created.getVersion());
                });
    }

    private WebWrite write(StaplerRequest2 request, String what, Permission permission, boolean everywhere) {
        return WebWrite.of(request, what, tenant.getId())
                .tenant(tenant.getId())
                .permitted(
                        permission,
                        needed ->
                                everywhere ? Jenkins.get().hasPermission(needed) : TenantFolder.allows(tenant, needed));
    }
}
