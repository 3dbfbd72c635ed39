package io.jenkins.plugins.shera.deploy.pages.scale;

import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
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
import java.util.OptionalLong;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** How many pods one application has in each environment, and the way to change that. */
@ExportedBean
public final class ScalePage extends TabPage {

    private final Tenant tenant;
    private final Application application;

    ScalePage(Tenant tenant, Application application) {
        super(application, "scale");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.ScaleTab_title();
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

    /** One for each environment, in order. */
    @Exported
    public List<ScaleView> getScales() {
        return application.getEnvironments().stream()
                .map(each -> ScaleView.of(ScaleDesk.subject(application, each), mayScale(each)))
                .toList();
    }

    /** Sets the number of pods: {@code replicas}, or {@code max} with {@code min}, {@code cpu} and {@code memory}, or {@code wake}. */
    @RequirePOST
    public HttpResponse doScale(StaplerRequest2 request) {
        return WebWrite.of(request, "application.scale", tenant.getId() + "/" + application.getName())
                .tenant(tenant.getId())
                .permitted(SheraPermissions.VIEW, needed -> TenantFolder.allows(tenant, needed))
                .run(fields -> {
                    Environment environment = environment(fields);
                    if (!mayScale(environment)) {
                        throw Refusal.forbidden(
                                "environment",
                                Messages.ScalePage_permission(needed(environment).name),
                                Messages.ScalePage_permission_next());
                    }
                    ScaleOrder order = order(fields);
                    fields.done();
                    return JsonAnswer.ok()
                            .put("message", ScaleDesk.scale(ScaleDesk.subject(application, environment), order));
                });
    }

    private static ScaleOrder order(Fields fields) {
        try {
            return ScaleOrder.of(
                    number(fields, "replicas"),
                    number(fields, "min"),
                    number(fields, "max"),
                    number(fields, "cpu"),
                    number(fields, "memory"),
                    fields.flag("wake"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("replicas", e.getMessage(), "");
        }
    }

    private static Integer number(Fields fields, String name) {
        OptionalLong given = fields.number(name);
        return given.isEmpty() ? null : (int) Math.max(-1, Math.min(Integer.MAX_VALUE, given.getAsLong()));
    }

    private boolean mayScale(Environment environment) {
        return TenantFolder.allows(tenant, needed(environment));
    }

    private static hudson.security.Permission needed(Environment environment) {
        return environment.getPolicy().isRequirePromote() ? SheraPermissions.PROMOTE : SheraPermissions.DEPLOY;
    }

    private Environment environment(Fields fields) {
        return application
                .environment(fields.text("environment"))
                .orElseThrow(() -> Refusal.unknown(
                        "environment",
                        Messages.ScalePage_environment(application.getName()),
                        Messages.ScalePage_environment_next()));
    }
}
