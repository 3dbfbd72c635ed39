package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.imports.Choices;
import io.jenkins.plugins.shera.nginx.imports.Draft;
import io.jenkins.plugins.shera.nginx.imports.ImportPlan;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.steps.Importing;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.IOException;
import java.util.Set;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-nginx-import TENANT CLUSTER [-node NAME]}: tells what of the configuration that people wrote on a node, or that comes as a
 * zip archive on the standard input, would become a route, an own file, or stay; changes nothing.
 */
@Extension
public class ImportCommand extends NginxCommand {
    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Option(name = "-node", metaVar = "NAME", usage = "read what this node has; takes no archive")
    public String node = "";

    @Option(name = "-unknown-hosts", usage = "requests for unknown hosts may be answered 404")
    public boolean unknownHosts;

    @Option(name = "-drop-logs", usage = "servers may lose logs of their own")
    public boolean dropLogs;

    @Override
    public String getName() {
        return "shera-nginx-import";
    }

    @Override
    public String getShortDescription() {
        return Messages.ImportCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException, InvalidRouteException {
        Tenant of = tenant(tenant, SheraPermissions.ROUTE);
        NginxCluster found = cluster(cluster, of);
        requirePushed(found);
        requireWhole(found, of);
        Importing importing = new Importing(found, tenant);
        Choices choices = new Choices(unknownHosts, dropLogs, Set.of());
        ImportPlan plan =
                node.isEmpty() ? importing.planOf(ConfArchive.tree(stdin), choices) : importing.planOf(node, choices);
        for (ImportPlan.Candidate one : plan.drafts()) {
            Draft draft = one.draft();
            stdout.println(draft.where() + "\tROUTE\t" + draft.key() + "\t"
                    + String.join(
                            " ",
                            draft.members().stream()
                                    .map(member -> member.authority())
                                    .toList()));
        }
        plan.notes()
                .forEach(note ->
                        stdout.println(note.where() + "\t" + note.fate() + "\t" + note.what() + "\t" + note.reason()));
        return 0;
    }
}
