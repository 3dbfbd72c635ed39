package io.jenkins.plugins.shera.platform.pages;

import hudson.model.User;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Administration;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import io.jenkins.plugins.shera.platform.favourites.FavouriteApplications;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** The page of an application; its tabs are the objects of {@link ApplicationTab}. */
@ExportedBean
public final class ApplicationView extends SheraPage {

    private final Tenant tenant;
    private final Application application;
    private final String tab;

    ApplicationView(Tenant tenant, Application application, String tab) {
        this.tenant = tenant;
        this.application = application;
        this.tab = tab;
    }

    @Override
    public String getDisplayName() {
        return application.title();
    }

    @Override
    public String getPageName() {
        return "application";
    }

    @Override
    public String getPageUrl() {
        return Addresses.of(application);
    }

    @Override
    public String getTab() {
        return tab.isEmpty() ? "overview" : tab;
    }

    @Exported
    public String getName() {
        return application.getName();
    }

    @Exported(name = "displayName")
    public String getStoredDisplayName() {
        return application.getDisplayName();
    }

    @Exported
    public String getTitle() {
        return application.title();
    }

    @Exported
    public String getDescription() {
        return application.getDescription();
    }

    @Exported
    public String getRepository() {
        return application.getRepository();
    }

    @Exported
    public List<EnvironmentFacts> getEnvironments() {
        return application.getEnvironments().stream().map(EnvironmentFacts::new).toList();
    }

    @Exported
    public long getVersion() {
        return application.getVersion();
    }

    @Exported(name = "tenant")
    public String getTenantId() {
        return tenant.getId();
    }

    @Exported
    public String getUrl() {
        return getPageUrl();
    }

    @Exported
    public Can getCan() {
        return new Can(tenant);
    }

    /** The tabs the caller may open. */
    @Exported
    public List<TabFacts> getTabs() {
        List<TabFacts> tabs = new ArrayList<>();
        tabs.add(new TabFacts("overview", Messages.ApplicationView_overview(), "", getPageUrl()));
        for (ApplicationTab each : ApplicationTab.all()) {
            if (TenantFolder.allows(tenant, each.permission())) {
                tabs.add(new TabFacts(each.id(), each.title(), each.icon(), getPageUrl() + "/" + each.id()));
            }
        }
        return tabs;
    }

    /** Where the caller may go to do something. */
    @Exported
    public List<TabFacts> getActions() {
        List<TabFacts> actions = new ArrayList<>();
        for (ApplicationTab each : ApplicationTab.all()) {
            ApplicationTab.Action action = each.action().orElse(null);
            if (action != null
                    && TenantFolder.allows(tenant, each.permission())
                    && TenantFolder.allows(tenant, action.permission())) {
                String at = action.fragment().isEmpty() ? "" : "/#" + action.fragment();
                actions.add(new TabFacts(each.id(), action.title(), each.icon(), getPageUrl() + "/" + each.id() + at));
            }
        }
        return actions;
    }

    /** What the plugins tell of it at a glance: routes, alerts, measures of the last hour. */
    @GET
    public void doGlance(StaplerResponse2 response) throws IOException {
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write(GlanceJson.of(tenant, application).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What happened to it. */
    public TimelineView getTimeline() throws IOException {
        return new TimelineView(application);
    }

    /** One of its environments. */
    public EnvironmentView getEnvironment(String name) {
        return application
                .environment(name)
                .map(each -> new EnvironmentView(tenant, application, each))
                .orElse(null);
    }

    /** The page of a tab, or nothing where there is none or the caller may not open it. */
    public Object getDynamic(String id) {
        for (ApplicationTab each : ApplicationTab.all()) {
            if (each.id().equals(id)) {
                return TenantFolder.allows(tenant, each.permission()) ? each.page(tenant, application) : null;
            }
        }
        return null;
    }

    /** Replaces the application's settings. */
    @RequirePOST
    public HttpResponse doUpdate(StaplerRequest2 request) {
        return write(request, "application.update").run(fields -> {
            String name = Bodies.same("name", application.getName(), fields);
            Application wanted = Bodies.application(tenant.getId(), name, application.getEnvironments(), fields);
            OptionalLong version = fields.number("version");
            fields.done();
            Application updated =
                    new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request)).update(wanted, version);
            return JsonAnswer.ok().put("url", Addresses.of(updated)).put("version", updated.getVersion());
        });
    }

    /** Removes the application's settings; what runs is left alone. */
    @RequirePOST
    public HttpResponse doRemove(StaplerRequest2 request) {
        return write(request, "application.remove").run(fields -> {
            OptionalLong version = fields.number("version");
            fields.done();
            new Administration(SheraConfiguration.get())
                    .removeApplication(tenant.getId(), application.getName(), version);
            return JsonAnswer.ok().put("url", Addresses.of(tenant));
        });
    }

    /** Makes it a favourite of who asks, or no longer. */
    @RequirePOST
    public HttpResponse doFavourite(StaplerRequest2 request) {
        return WebWrite.of(request, "application.favourite", tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.VIEW, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    boolean favourite = fields.flag("favourite");
                    fields.done();
                    User user = User.current();
                    if (user == null) {
                        throw Refusal.forbidden(
                                "favourite",
                                io.jenkins.plugins.shera.platform.Messages.ApplicationView_nobody(),
                                io.jenkins.plugins.shera.platform.Messages.ApplicationView_nobody_next());
                    }
                    FavouriteApplications.set(user, application, favourite);
                    return JsonAnswer.ok().put("url", Addresses.of(application));
                });
    }

    /** Adds an environment at the end. */
    @RequirePOST
    public HttpResponse doCreateEnvironment(StaplerRequest2 request) {
        return write(request, "environment.create").run(fields -> {
            Environment wanted = Bodies.environment(fields.text("name"), fields);
            OptionalLong version = fields.number("version");
            fields.done();
            Application updated = new Administration(SheraConfiguration.get(), WebWrite.checkOnly(request))
                    .updateEnvironments(application, version, list -> {
                        list.add(wanted);
                        return list;
                    });
            return JsonAnswer.ok()
                    .put("url", Addresses.of(updated) + "/environment/" + wanted.getName())
                    .put("version", updated.getVersion());
        });
    }

    private WebWrite write(StaplerRequest2 request, String what) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.ADMINISTER, needed -> TenantFolder.allows(tenant, needed));
    }
}
