package io.jenkins.plugins.shera.deploy.pages.place;

import hudson.security.Permission;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A tab of this plugin; whoever sees the application may open it. */
public abstract class PlacesTab extends ApplicationTab {

    private final String id;
    private final int order;
    private final Supplier<String> title;
    private final BiFunction<Tenant, Application, PlacesPage> page;

    /** {@code id} also names its symbol; {@code title} is asked in each request for its language. */
    protected PlacesTab(
            String id, int order, Supplier<String> title, BiFunction<Tenant, Application, PlacesPage> page) {
        this.id = id;
        this.order = order;
        this.title = title;
        this.page = page;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String title() {
        return title.get();
    }

    @Override
    public final String icon() {
        return "symbol-" + id + " plugin-shera-deploy";
    }

    @Override
    public final int order() {
        return order;
    }

    @Override
    public final Permission permission() {
        return SheraPermissions.VIEW;
    }

    @Override
    public final Object page(Tenant tenant, Application application) {
        return page.apply(tenant, application);
    }
}
