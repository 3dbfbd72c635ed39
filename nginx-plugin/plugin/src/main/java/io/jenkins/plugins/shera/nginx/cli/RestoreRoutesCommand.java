package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.steps.RouteRestoring;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import org.kohsuke.args4j.Argument;

/** {@code shera-nginx-restore TENANT CLUSTER NODE GENERATION}: puts the routes of that generation of the node back on every node. */
@Extension
public class RestoreRoutesCommand extends NginxCommand {
    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Argument(index = 2, metaVar = "NODE", required = true, usage = "node that still has the generation")
    public String node = "";

    @Argument(index = 3, metaVar = "GENERATION", required = true, usage = "number of the generation there")
    public long generation;

    @Override
    public String getName() {
        return "shera-nginx-restore";
    }

    @Override
    public String getShortDescription() {
        return Messages.RestoreRoutesCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException {
        Tenant of = tenant(tenant, SheraPermissions.ROUTE);
        NginxCluster found = cluster(cluster, of);
        requirePushed(found);
        requireWhole(found, of);
        stdout.println(new RouteRestoring(found, tenant).restore(node, generation));
        return 0;
    }
}
