package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.RouteRemoving;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/** {@code shera-nginx-remove TENANT HOST}: takes the route away, and prints the address that is served no more. */
@Extension
public class RemoveRouteCommand extends NginxCommand {
    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "HOST", required = true, usage = "of the route")
    public String host = "";

    @Option(name = "-cluster", metaVar = "ID", usage = "nginx cluster, where the tenant may use more than one")
    public String cluster = "";

    @Option(name = "-path", usage = "path of the route, in place of /")
    public String path = "/";

    @Option(name = "-port", usage = "port of nginx, where routes of that host and path have different ones")
    public int port;

    @Override
    public String getName() {
        return "shera-nginx-remove";
    }

    @Override
    public String getShortDescription() {
        return Messages.RemoveRouteCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException, InvalidRouteException {
        Tenant of = tenant(tenant, SheraPermissions.ROUTE);
        stdout.println(new RouteRemoving(cluster(cluster, of), of.getId(), caller(), null, said -> {})
                .remove(new RouteRemoving.Wish(host, path, port))
                .getUrl());
        return 0;
    }
}
