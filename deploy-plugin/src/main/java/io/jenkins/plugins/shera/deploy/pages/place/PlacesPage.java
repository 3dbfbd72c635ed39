package io.jenkins.plugins.shera.deploy.pages.place;

import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantFolder;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.PageTexts;
import io.jenkins.plugins.shera.platform.pages.TabPage;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import io.jenkins.plugins.shera.platform.rest.WebWrite;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The page of a {@link PlacesTab}: what there is in each environment of an application, and the ways to change it. */
@ExportedBean
public abstract class PlacesPage extends TabPage {

    private final Tenant tenant;
    private final Application application;
    private final String title;
    private final Class<?> texts;

    /** {@code texts} is the {@code Messages} class of its package. */
    protected PlacesPage(Tenant tenant, Application application, String id, String title, Class<?> texts) {
        super(application, id);
        this.tenant = tenant;
        this.application = application;
        this.title = title;
        this.texts = texts;
    }

    @Override
    public final String getDisplayName() {
        return title;
    }

    @Override
    public final String getPlugin() {
        return "shera-deploy";
    }

    @Override
    public final String getTexts() {
        return PageTexts.json(texts);
    }

    /** Name of the application. */
    @Exported
    public final String getApplication() {
        return application.getName();
    }

    /** The application as it is configured. */
    protected final Application application() {
        return application;
    }

    /** The tenant as it is configured. */
    protected final Tenant tenant() {
        return tenant;
    }

    /** What is seen of each environment, in order. */
    protected final <V> List<V> each(Function<Environment, V> view) {
        return application.getEnvironments().stream().map(view).toList();
    }

    /** The application in an environment. */
    protected final Subject subject(Environment environment) {
        return ClusterDesk.subject(application, environment);
    }

    /** Whether the caller has this permission for the tenant. */
    protected final boolean allows(Permission permission) {
        return TenantFolder.allows(tenant, permission);
    }

    /** Whether the caller may change what is in an environment. */
    protected final boolean mayChange(Environment environment) {
        return allows(needed(environment));
    }

    /** Whether the caller may release there: Deploy, and Promote as well where the environment wants it. */
    protected final boolean mayRelease(Environment environment) {
        return allows(SheraPermissions.DEPLOY) && mayChange(environment);
    }

    /** Refuses who may not change what is in an environment. */
    protected final void checkChange(Environment environment) {
        if (!mayChange(environment)) {
            throw Refusal.forbidden(
                    "environment",
                    Messages.PlacesPage_permission(needed(environment).name),
                    Messages.PlacesPage_permission_next());
        }
    }

    /** The field {@code override}: why a rule does not count, from who may promote; empty when it is not given. */
    protected final String override(Fields fields) {
        String override = fields.text("override").trim();
        if (!override.isEmpty() && !allows(SheraPermissions.PROMOTE)) {
            throw Refusal.forbidden(
                    "override",
                    Messages.PlacesPage_override(SheraPermissions.PROMOTE.name),
                    Messages.PlacesPage_override_next());
        }
        return override;
    }

    private static Permission needed(Environment environment) {
        return environment.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY;
    }

    /** A change in the environment that the field {@code environment} names, by who may; {@code work} answers a sentence. */
    protected final HttpResponse change(
            StaplerRequest2 request, String what, BiFunction<Subject, Fields, String> work) {
        return write(request, what, SheraPermissions.VIEW).run(fields -> {
            Environment environment = environment(fields.text("environment"));
            checkChange(environment);
            return JsonAnswer.ok().put("message", work.apply(subject(environment), fields));
        });
    }

    /** A write of who has this permission. */
    protected final WebWrite write(StaplerRequest2 request, String what, Permission permission) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(permission, this::allows);
    }

    /** An environment of the application by its name; another one is refused. */
    protected final Environment environment(String name) {
        return application
                .environment(name)
                .orElseThrow(() -> Refusal.unknown(
                        "environment",
                        Messages.PlacesPage_environment(application.getName()),
                        Messages.PlacesPage_environment_next()));
    }
}
