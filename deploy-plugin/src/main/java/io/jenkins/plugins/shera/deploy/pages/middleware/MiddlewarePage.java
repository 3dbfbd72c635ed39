package io.jenkins.plugins.shera.deploy.pages.middleware;

import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.middleware.MiddlewareSpec;
import io.jenkins.plugins.shera.deploy.steps.middleware.MiddlewareDesk;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
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
import java.util.Map;
import java.util.function.BiFunction;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The databases, caches and brokers of one application in each environment, and the ways to change them. */
@ExportedBean
public final class MiddlewarePage extends TabPage {

    private final Tenant tenant;
    private final Application application;

    MiddlewarePage(Tenant tenant, Application application) {
        super(application, "middleware");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.MiddlewareTab_title();
    }

    @Override
    public String getPlugin() {
        return "shera-deploy";
    }

    @Override
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** Name of the application. */
    @Exported
    public String getApplication() {
        return application.getName();
    }

    /** Templates that the platform offers. */
    @Exported
    public List<OfferView> getOffers() {
        return OfferView.all();
    }

    /** One for each environment, in order. */
    @Exported
    public List<MiddlewareView> getMiddleware() {
        return application.getEnvironments().stream()
                .map(each -> MiddlewareView.of(ScaleDesk.subject(application, each), mayChange(each)))
                .toList();
    }

    /** Deploys the instance {@code name}; with {@code dryRun} it only says what would change. */
    @RequirePOST
    public HttpResponse doDeploy(StaplerRequest2 request) {
        return write(request, "middleware.deploy", (subject, fields) -> {
            MiddlewareSpec spec = spec(subject, fields);
            boolean dryRun = fields.flag("dryRun");
            fields.done();
            return String.join(
                    "\n", dryRun ? MiddlewareDesk.plan(subject, spec) : MiddlewareDesk.deploy(subject, spec));
        });
    }

    /** Makes new credentials for the instance {@code name} and starts its pod anew with them. */
    @RequirePOST
    public HttpResponse doRotate(StaplerRequest2 request) {
        return write(request, "middleware.rotate", (subject, fields) -> {
            String name = name(fields);
            fields.done();
            return String.join("\n", MiddlewareDesk.rotate(subject, name));
        });
    }

    /** Deletes the instance {@code name}; {@code confirm} is its name once more, {@code deleteVolume} takes its data, too. */
    @RequirePOST
    public HttpResponse doDelete(StaplerRequest2 request) {
        return write(request, "middleware.delete", (subject, fields) -> {
            String name = name(fields);
            String confirmed = fields.text("confirm");
            boolean withVolume = fields.flag("deleteVolume");
            fields.done();
            return MiddlewareDesk.remove(subject, name, confirmed, withVolume);
        });
    }

    private HttpResponse write(StaplerRequest2 request, String what, BiFunction<Subject, Fields, String> work) {
        return WebWrite.of(request, what, tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.VIEW, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    Environment environment = environment(fields);
                    if (!mayChange(environment)) {
                        throw Refusal.forbidden(
                                "environment",
                                Messages.MiddlewarePage_permission(needed(environment).name),
                                Messages.MiddlewarePage_permission_next());
                    }
                    return JsonAnswer.ok()
                            .put("message", work.apply(ScaleDesk.subject(application, environment), fields));
                });
    }

    private static MiddlewareSpec spec(Subject subject, Fields fields) {
        Map<String, String> parameters = fields.has("parameters") ? fields.map("parameters") : Map.of();
        try {
            return MiddlewareDesk.spec(
                            subject, fields.text("name"), fields.text("template"), fields.text("version"), parameters)
                    .volume(fields.text("size"), fields.text("storageClass"))
                    .resources(fields.text("cpu"), fields.text("memory"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("name", e.getMessage(), "");
        }
    }

    private static String name(Fields fields) {
        try {
            return MiddlewareSpec.name(fields.text("name"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("name", e.getMessage(), "");
        }
    }

    private boolean mayChange(Environment environment) {
        return TenantFolder.allows(tenant, needed(environment));
    }

    private static Permission needed(Environment environment) {
        return environment.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY;
    }

    private Environment environment(Fields fields) {
        return application
                .environment(fields.text("environment"))
                .orElseThrow(() -> Refusal.unknown(
                        "environment",
                        Messages.MiddlewarePage_environment(application.getName()),
                        Messages.MiddlewarePage_environment_next()));
    }
}
