package io.jenkins.plugins.shera.deploy.pages.apm;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.steps.order.ClusterDesk;
import io.jenkins.plugins.shera.deploy.steps.rollout.ApmDesk;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.extension.RunningLink;
import io.jenkins.plugins.shera.platform.extension.RunningLinks;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The page of an application in the APM whose agent it carries. */
@Extension
public class ApmLinks extends RunningLinks {

    private static final Logger LOGGER = Logger.getLogger(ApmLinks.class.getName());

    @Override
    public List<RunningLink> of(Tenant tenant, Application application, Environment environment, JsonNode deployment) {
        try {
            String agent = ApmState.of(deployment).agent();
            String page = ApmDesk.page(ClusterDesk.subject(application, environment), agent);
            return page.isEmpty() ? List.of() : List.of(new RunningLink("APM (" + agent + ")", page));
        } catch (IllegalArgumentException e) {
            // Somebody edited the annotation; the tab APM says so, and the overview has no link.
            LOGGER.log(Level.FINE, "no link to the APM", e);
            return List.of();
        }
    }
}
