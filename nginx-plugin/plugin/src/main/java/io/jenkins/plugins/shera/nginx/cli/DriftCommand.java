package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import io.jenkins.plugins.shera.nginx.steps.Adopting;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import io.jenkins.plugins.shera.nginx.steps.Overwriting;
import io.jenkins.plugins.shera.nginx.work.DriftOnNode;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import java.util.List;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-nginx-drift TENANT CLUSTER [-overwrite | -adopt NODE]}: prints what hands changed, one line each after the name of the
 * node; ends with 10 where there is any, and with 1 where a node could not be read.
 */
@Extension
public class DriftCommand extends NginxCommand {
    private static final int DRIFTED = 10;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Option(name = "-overwrite", usage = "put back what was last put there")
    public boolean overwrite;

    @Option(name = "-adopt", metaVar = "NODE", usage = "make what a hand changed on this node what is intended on all")
    public String adopt = "";

    @Override
    public String getName() {
        return "shera-nginx-drift";
    }

    @Override
    public String getShortDescription() {
        return Messages.DriftCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException {
        boolean changes = overwrite || !adopt.isEmpty();
        Tenant of = tenant(tenant, changes ? SheraPermissions.ROUTE : SheraPermissions.VIEW);
        NginxCluster found = cluster(cluster, of);
        requirePushed(found);
        if (changes) {
            requireWhole(found, of);
        }
        if (!adopt.isEmpty()) {
            new Adopting(found, tenant, caller()).adopt(adopt, stdout::println);
        } else if (overwrite) {
            new Overwriting(found, tenant).drifted().forEach(stdout::println);
        }
        return look(found);
    }

    private int look(NginxCluster found) throws InterruptedException {
        int code = 0;
        List<NginxNodeSettings> nodes = found.getNodes();
        List<String> names = NodeAccess.names(nodes);
        for (int i = 0; i < nodes.size(); i++) {
            String name = names.get(i);
            try {
                NodeDrift drift = NodeAccess.channel(nodes.get(i)).call(DriftOnNode.reading(tenant));
                drift.changes().forEach(change -> stdout.println(name + "\t" + change));
                if (!drift.isNone()) {
                    if (drift.changes().isEmpty()) {
                        stdout.println(name + "\t" + Messages.DriftCommand_hidden(drift.hidden()));
                    }
                    code = code == 1 ? 1 : DRIFTED;
                }
            } catch (IOException e) {
                stderr.println(name + "\t" + e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
