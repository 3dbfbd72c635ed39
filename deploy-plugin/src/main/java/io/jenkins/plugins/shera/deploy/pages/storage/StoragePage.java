package io.jenkins.plugins.shera.deploy.pages.storage;

import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.steps.scale.ScaleDesk;
import io.jenkins.plugins.shera.deploy.steps.storage.StorageDesk;
import io.jenkins.plugins.shera.deploy.storage.VolumeOrder;
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
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The volumes of one application in each environment, and the ways to change them. */
@ExportedBean
public final class StoragePage extends TabPage {

    private final Tenant tenant;
    private final Application application;

    StoragePage(Tenant tenant, Application application) {
        super(application, "storage");
        this.tenant = tenant;
        this.application = application;
    }

    @Override
    public String getDisplayName() {
        return Messages.StorageTab_title();
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
    public List<StorageView> getStorages() {
        return application.getEnvironments().stream()
                .map(each -> StorageView.of(ScaleDesk.subject(application, each), mayChange(each)))
                .toList();
    }

    /** Changes the claim {@code claim}: {@code size}, {@code snapshot} or {@code restore}. */
    @RequirePOST
    public HttpResponse doChange(StaplerRequest2 request) {
        return write(request, "storage.change", (subject, fields) -> {
            VolumeOrder order = order(fields);
            fields.done();
            return StorageDesk.change(subject, order);
        });
    }

    /** Deletes the claim {@code claim} or the snapshot {@code snapshot}; {@code confirm} is its name once more. */
    @RequirePOST
    public HttpResponse doDelete(StaplerRequest2 request) {
        return write(request, "storage.delete", (subject, fields) -> {
            String claim = fields.text("claim");
            String snapshot = fields.text("snapshot");
            String confirmed = fields.text("confirm");
            fields.done();
            if (claim.isEmpty() == snapshot.isEmpty()) {
                throw Refusal.input("claim", Messages.StoragePage_one(), Messages.StoragePage_one_next());
            }
            return claim.isEmpty()
                    ? StorageDesk.deleteSnapshot(subject, snapshot, confirmed)
                    : StorageDesk.deleteClaim(subject, claim, confirmed);
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
                                Messages.StoragePage_permission(needed(environment).name),
                                Messages.StoragePage_permission_next());
                    }
                    return JsonAnswer.ok()
                            .put("message", work.apply(ScaleDesk.subject(application, environment), fields));
                });
    }

    private static VolumeOrder order(Fields fields) {
        try {
            return VolumeOrder.of(
                    fields.text("claim"), fields.text("size"), fields.text("snapshot"), fields.text("restore"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("claim", e.getMessage(), "");
        }
    }

    private boolean mayChange(Environment environment) {
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
                        Messages.StoragePage_environment(application.getName()),
                        Messages.StoragePage_environment_next()));
    }
}
