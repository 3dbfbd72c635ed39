package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.RoutePlace;
import io.jenkins.plugins.shera.nginx.steps.RouteWeighing;
import io.jenkins.plugins.shera.nginx.steps.SetRouteWeightStep;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code shera-nginx-weight TENANT APPLICATION ENVIRONMENT PERCENT}: sends that share of the requests elsewhere; 0 takes it back. */
@Extension
public class RouteWeightCommand extends NginxCommand {
    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "APPLICATION", required = true, usage = "whose route it is")
    public String application = "";

    @Argument(index = 2, metaVar = "ENVIRONMENT", required = true, usage = "of that application")
    public String environment = "";

    @Argument(index = 3, metaVar = "PERCENT", required = true, usage = "0 to 100")
    public int weight;

    @Option(name = "-cluster", metaVar = "ID", usage = "nginx cluster, where the tenant may use more than one")
    public String cluster = "";

    @Option(name = "-canary", metaVar = "NAME", usage = "Service that gets them, in place of <application>-canary")
    public String canary = "";

    @Option(name = "-servicePort", usage = "port of the Service, in place of its first")
    public int servicePort;

    @Option(
            name = "-member",
            metaVar = "ADDRESS",
            usage = "address outside of Kubernetes in place of the Service; may be repeated")
    public List<String> members = new ArrayList<>();

    @Override
    public String getName() {
        return "shera-nginx-weight";
    }

    @Override
    public String getShortDescription() {
        return Messages.RouteWeightCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException, InvalidRouteException {
        Tenant of = tenant(tenant, SheraPermissions.ROUTE);
        SetRouteWeightStep step = new SetRouteWeightStep(application, environment, weight);
        step.setCanary(Util.fixEmptyAndTrim(canary));
        step.setServicePort(servicePort);
        step.setMembers(members);
        RoutePlace place = RoutePlace.of(cluster(cluster, of), of, application, environment, caller());
        stdout.println(RouteWeighing.weigh(step, place));
        return 0;
    }
}
