package io.jenkins.plugins.shera.deploy.pages.apm;

import io.jenkins.plugins.shera.deploy.apm.ApmMode;
import io.jenkins.plugins.shera.deploy.canary.ApmOrder;
import io.jenkins.plugins.shera.deploy.canary.ApmPlan;
import io.jenkins.plugins.shera.deploy.config.ApmConfiguration;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesPage;
import io.jenkins.plugins.shera.deploy.steps.rollout.ApmDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Which pods of an application carry a monitoring agent in each environment, and the switch. */
@ExportedBean
public final class ApmPage extends PlacesPage {

    private final String tenant;

    ApmPage(Tenant tenant, Application application) {
        super(tenant, application, "apm", Messages.ApmTab_title(), Messages.class);
        this.tenant = tenant.getId();
    }

    /** Agents that the tenant may use. */
    @Exported
    public List<AgentView> getAgents() {
        return ApmConfiguration.get().offers(tenant).stream()
                .map(each -> new AgentView(each, tenant))
                .toList();
    }

    /** One for each environment, in order. */
    @Exported
    public List<ApmView> getApm() {
        return each(place -> new ApmView(subject(place), mayRelease(place)));
    }

    /** Sets {@code mode} with {@code agent}; with {@code dryRun} it only says what would change and how many pods restart. */
    @RequirePOST
    public HttpResponse doSwitch(StaplerRequest2 request) {
        return write(request, "apm.switch", SheraPermissions.DEPLOY).run(fields -> {
            Environment environment = environment(fields.text("environment"));
            checkChange(environment);
            ApmOrder order = order(fields);
            String override = override(fields);
            boolean dryRun = fields.flag("dryRun");
            fields.done();
            if (dryRun) {
                ApmPlan plan = ApmDesk.plan(subject(environment), order);
                return JsonAnswer.ok()
                        .put("message", String.join("\n", plan.lines()))
                        .put("restarts", plan.restarts());
            }
            return JsonAnswer.ok().put("message", ApmDesk.apply(application(), environment, order, override));
        });
    }

    private static ApmOrder order(Fields fields) {
        try {
            return new ApmOrder(ApmMode.of(fields.text("mode")), fields.text("agent"));
        } catch (IllegalArgumentException e) {
            throw Refusal.input("mode", e.getMessage(), "");
        }
    }
}
