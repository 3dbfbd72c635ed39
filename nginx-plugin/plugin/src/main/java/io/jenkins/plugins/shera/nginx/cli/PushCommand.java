package io.jenkins.plugins.shera.nginx.cli;

import hudson.Extension;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.steps.ErrorWatch;
import io.jenkins.plugins.shera.nginx.steps.SiteDesk;
import io.jenkins.plugins.shera.nginx.steps.SitePush;
import io.jenkins.plugins.shera.nginx.steps.WaitingDesk;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;

/**
 * {@code shera-nginx-push TENANT CLUSTER}: pushes the {@code .conf} files of a zip archive that comes on the standard input, or with an
 * option checks them, writes them for a later reload, or goes on with what was begun.
 */
@Extension
public class PushCommand extends NginxCommand {
    private static final int BEHIND = 10;

    @Argument(index = 0, metaVar = "TENANT", required = true, usage = "id of the tenant")
    public String tenant = "";

    @Argument(index = 1, metaVar = "CLUSTER", required = true, usage = "id of the nginx cluster")
    public String cluster = "";

    @Option(name = "-reason", usage = "why, for the history")
    public String reason = "";

    @Option(name = "-check", usage = "let every node test the files, and change nothing")
    public boolean check;

    @Option(name = "-later", usage = "write the files on every node, and reload none")
    public boolean later;

    @Option(name = "-partial", usage = "leave nodes that fail behind")
    public boolean partial;

    @Option(name = "-reload", usage = "put what was written with -later in force; takes no archive")
    public boolean reload;

    @Option(name = "-drop", usage = "throw away what was written with -later; takes no archive")
    public boolean drop;

    @Option(name = "-retry", usage = "give nodes that were left behind the newest push; takes no archive")
    public boolean retry;

    @Option(name = "-node", metaVar = "NAME", usage = "only this one, with -reload and -retry")
    public String node = "";

    @Override
    public String getName() {
        return "shera-nginx-push";
    }

    @Override
    public String getShortDescription() {
        return Messages.PushCommand_description();
    }

    @Override
    int act() throws IOException, InterruptedException {
        Tenant of = tenant(tenant, SheraPermissions.ROUTE);
        NginxCluster found = cluster(cluster, of);
        requirePushed(found);
        requireWhole(found, of);
        long acts = Stream.of(check, later, partial, reload, drop, retry)
                .filter(one -> one)
                .count();
        if (acts > 1 || !node.isEmpty() && !reload && !retry) {
            throw Refusal.input("options", Messages.PushCommand_options(), Messages.PushCommand_options_next());
        }
        if (reload) {
            new WaitingDesk(found).reload(node, stdout::println);
        } else if (drop) {
            new WaitingDesk(found).drop(tenant);
        } else if (retry) {
            return told(SiteDesk.retry(found, tenant, node, stdout::println));
        } else {
            return push(found, ConfArchive.read(stdin));
        }
        return 0;
    }

    private int push(NginxCluster found, Map<String, String> files) throws IOException, InterruptedException {
        if (check) {
            SiteDesk.check(tenant, files);
            SitePush.test(found, tenant, files);
            return 0;
        }
        long base = SiteDesk.history(found.getId())
                .latest()
                .map(SiteHistory.Entry::number)
                .orElse(0L);
        if (later) {
            new WaitingDesk(found).write(WaitingDesk.of(tenant, base, files, caller(), reason, null), stdout::println);
            return 0;
        }
        SitePush push = new SitePush(tenant, files, "", Integer.MAX_VALUE, 0, ErrorWatch.off());
        return told(SiteDesk.push(
                found, tenant, base, files, partial ? push.partial() : push, caller(), reason, stdout::println));
    }

    private int told(SortedMap<String, String> behind) {
        behind.forEach((name, why) -> stderr.println(name + "\t" + why));
        return behind.isEmpty() ? 0 : BEHIND;
    }
}
