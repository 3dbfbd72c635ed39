package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.RouteExport;
import io.jenkins.plugins.shera.nginx.steps.RoutePlace;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import org.kohsuke.args4j.Argument;

/** {@code shera-nginx-httproute TENANT CLUSTER APPLICATION ENVIRONMENT GATEWAY}: writes a published route as an HTTPRoute of the Gateway API. */
@Extension
public class HttpRouteCommand extends NginxCommand {
    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Argument(index = 2, metaVar = "APPLICATION", required = true, usage = "whose route it is")
    public String application = "";

    @Argument(index = 3, metaVar = "ENVIRONMENT", required = true, usage = "of the application")
    public String environment = "";

    @Argument(index = 4, metaVar = "GATEWAY", required = true, usage = "namespace/name of the Gateway")
    public String gateway = "";

    @Override
    public String getName() {
        return "shera-nginx-httproute";
    }

    @Override
    public String getShortDescription() {
        return Messages.HttpRouteCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException, InvalidRouteException {
        Tenant of = tenant(tenant, SheraPermissions.VIEW);
        RoutePlace place = RoutePlace.of(cluster(cluster, of), of, application, environment, caller());
        stdout.print(RouteExport.yaml(place, gateway));
        return 0;
    }
}
