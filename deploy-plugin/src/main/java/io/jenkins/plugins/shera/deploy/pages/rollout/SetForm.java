package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.steps.rollout.SetOrder;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;

/** Reads a release set as REST and the form of its page say it; what belongs to no application of the tenant is refused. */
final class SetForm {

    private final Tenant tenant;

    SetForm(Tenant tenant) {
        this.tenant = tenant;
    }

    SetOrder read(Fields fields) {
        return new SetOrder(
                fields.objects("members", this::member),
                fields.text("template"),
                fields.text("override").trim());
    }

    private SetOrder.Wanted member(Fields fields) {
        Application application = application(fields);
        Environment environment = environment(application, fields, "environment");
        String image = fields.text("image");
        Environment from = fields.text("from").isEmpty() ? null : environment(application, fields, "from");
        if (image.isEmpty() == (from == null) || from != null && from.getName().equals(environment.getName())) {
            throw Refusal.input(fields.where("from"), Messages.ReleasesPage_from(), Messages.ReleasesPage_from_next());
        }
        return new SetOrder.Wanted(
                application,
                environment,
                image,
                from,
                fields.text("router"),
                fields.text("route"),
                fields.texts("after"),
                fields.map("env"));
    }

    private Application application(Fields fields) {
        Application known = SheraConfiguration.get().application(tenant.getId(), fields.text("application"));
        if (known == null) {
            throw Refusal.unknown(
                    fields.where("application"), Messages.SetForm_application(), Messages.SetForm_application_next());
        }
        return known;
    }

    private static Environment environment(Application application, Fields fields, String field) {
        return application
                .environment(fields.text(field))
                .orElseThrow(() -> Refusal.unknown(
                        fields.where(field),
                        Messages.SetForm_environment(application.getName()),
                        Messages.SetForm_environment_next()));
    }
}
