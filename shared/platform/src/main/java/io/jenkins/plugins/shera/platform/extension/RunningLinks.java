package io.jenkins.plugins.shera.platform.extension;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;

/** Pages elsewhere about what runs of an application, such as its page in an APM; the application's overview shows them. */
public abstract class RunningLinks implements ExtensionPoint {

    /**
     * Those of an application in one environment. Asks nobody: it is called for every application in one read.
     *
     * @param deployment as the cluster has it
     */
    public abstract List<RunningLink> of(
            Tenant tenant, Application application, Environment environment, JsonNode deployment);

    /** All of every plugin. */
    public static List<RunningLink> all(
            Tenant tenant, Application application, Environment environment, JsonNode deployment) {
        return ExtensionList.lookup(RunningLinks.class).stream()
                .flatMap(each -> each.of(tenant, application, environment, deployment).stream())
                .toList();
    }
}
