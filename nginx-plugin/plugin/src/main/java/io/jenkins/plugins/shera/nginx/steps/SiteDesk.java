package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.site.SiteNotes;
import io.jenkins.plugins.shera.nginx.site.SitePolicy;
import io.jenkins.plugins.shera.nginx.work.SiteOnNode;
import io.jenkins.plugins.shera.nginx.work.WaitingOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/** The files of people of nginx clusters: one push at a time for each, every one of them kept. The caller checked who may. */
public final class SiteDesk {
    private static final int LONGEST_REASON = 500;
    private static final long TICK_MILLIS = 200;

    /** Clusters that are being pushed to, with the Jenkins that does it: one that went down in the middle holds nothing. */
    private static final Map<String, Jenkins> BUSY = new HashMap<>();

    private SiteDesk() {}

    /** The pushes of a cluster. */
    public static SiteHistory history(String cluster) {
        return new SiteHistory(
                SheraConfiguration.get().root().resolve("nginx-sites").resolve(cluster));
    }

    /** What is known of its pushes beside those that are done. */
    public static SiteNotes notes(String cluster) {
        return new SiteNotes(
                SheraConfiguration.get().root().resolve("nginx-sites").resolve(cluster));
    }

    /** The files of people that the cluster is to have; empty where none were ever pushed from this Jenkins. */
    public static Optional<SortedMap<String, String>> intended(String cluster) throws IOException {
        return history(cluster).latest().map(SiteHistory.Entry::files);
    }

    /** Refuses files that may not be pushed, whatever the nodes would say. */
    public static void check(String tenant, Map<String, String> files) throws IOException {
        try {
            SitePolicy.check(files, allowance(tenant));
        } catch (InvalidSiteException e) {
            throw new SitePush.FailedException(e.getMessage(), e);
        }
    }

    /** What the files of this tenant's people may have now; null, in a push that began before there were such lists, has the usual. */
    static SiteAllowance allowance(String tenant) {
        return tenant == null ? SiteAllowance.usual() : NginxConfiguration.get().allowance(tenant);
    }

    /** Begins a push that nobody else is in the middle of; {@link #leave} ends it. */
    static void enter(String cluster) throws IOException {
        synchronized (BUSY) {
            if (BUSY.get(cluster) == Jenkins.get()) {
                throw new SitePush.FailedException(Messages.SiteDesk_busy(cluster), null);
            }
            BUSY.put(cluster, Jenkins.get());
        }
    }

    static void leave(String cluster) {
        synchronized (BUSY) {
            BUSY.remove(cluster);
        }
    }

    static String shortened(String why) {
        return why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
    }

    /** Refuses what was made from another push than the newest. */
    static void requireNewest(String cluster, long base) throws IOException {
        long newest = WaitingDesk.newest(cluster);
        if (newest != base) {
            throw new SitePush.FailedException(Messages.SiteDesk_stale(cluster, String.valueOf(newest)), null);
        }
    }

    /** The node of this name. */
    static NginxNodeSettings node(NginxCluster cluster, String name) throws IOException {
        List<String> names = NodeAccess.names(cluster.getNodes());
        if (!names.contains(name)) {
            throw new SitePush.FailedException(
                    Messages.Adopting_unknown(cluster.getId(), String.join(", ", names)), null);
        }
        return cluster.getNodes().get(names.indexOf(name));
    }

    /** Writes down what every node has now. */
    static void done(
            String cluster, String tenant, long base, Map<String, String> files, String who, String why, Run<?, ?> run)
            throws IOException {
        String reason = shortened(why);
        SiteHistory history = history(cluster);
        long from = base;
        while (true) {
            try {
                history.append(from, who, reason, files);
                break;
            } catch (FileAlreadyExistsException e) {
                from = history.latest().map(SiteHistory.Entry::number).orElse(0L);
            }
        }
        ObjectNode names = JsonNodeFactory.instance.objectNode().put("why", reason);
        files.keySet().forEach(names.putArray("files")::add);
        AuditLine line = AuditLine.of("nginx.push", cluster).tenant(tenant).after(names.toString());
        (run == null ? line : line.from(run)).done();
    }

    /**
     * A whole push at once, in the name of the caller.
     *
     * @param base number of the push it was made from
     * @param push of the files, for which the caller waits
     * @return why nodes were left behind, by name; empty where every node has the files
     */
    public static SortedMap<String, String> push(
            NginxCluster cluster,
            String tenant,
            long base,
            Map<String, String> files,
            SitePush push,
            String who,
            String why,
            Consumer<String> log)
            throws IOException, InterruptedException {
        check(tenant, files);
        enter(cluster.getId());
        try {
            WaitingDesk.requireNone(cluster.getId());
            requireNewest(cluster.getId(), base);
            boolean done = false;
            while (!done) {
                done = push.act(cluster, log);
                if (push.isResting()) {
                    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
                }
            }
            done(cluster.getId(), tenant, base, files, who, why, null);
            SortedMap<String, String> behind = push.behind(cluster);
            notes(cluster.getId()).keepBehind(behind);
            return behind;
        } finally {
            leave(cluster.getId());
        }
    }

    /**
     * Gives nodes that do not have the newest push what it has, each for itself.
     *
     * @param node by its name; empty for every one that was left behind
     * @return why nodes still are behind, by name
     */
    public static SortedMap<String, String> retry(
            NginxCluster cluster, String tenant, String node, Consumer<String> log)
            throws IOException, InterruptedException {
        enter(cluster.getId());
        try {
            SortedMap<String, String> files = intended(cluster.getId())
                    .orElseThrow(() -> new SitePush.FailedException(Messages.SiteDesk_nothing(cluster.getId()), null));
            SortedMap<String, String> behind = notes(cluster.getId()).behind();
            boolean waits = notes(cluster.getId()).waiting().isPresent();
            for (String name : node.isEmpty() ? List.copyOf(behind.keySet()) : List.of(node)) {
                AuditLine line = AuditLine.of("nginx.retry", cluster.getId() + "/" + name)
                        .tenant(tenant);
                try {
                    NodeAccess.channel(node(cluster, name)).call(SiteOnNode.put(files, "", allowance(tenant)));
                    if (!waits) {
                        NodeAccess.channel(node(cluster, name)).call(WaitingOnNode.drop(files));
                    }
                    behind.remove(name);
                    log.accept(Messages.SitePush_serves(name));
                    line.done();
                } catch (IOException e) {
                    String why = Messages.SitePush_refused(name, cluster.getId(), e.getMessage());
                    if (NodeAccess.names(cluster.getNodes()).contains(name)) {
                        behind.put(name, why);
                    } else if (node.isEmpty()) {
                        // The settings name it no more.
                        behind.remove(name);
                    } else {
                        throw e;
                    }
                    line.failed(why);
                    log.accept(why);
                }
            }
            notes(cluster.getId()).keepBehind(behind);
            return behind;
        } finally {
            leave(cluster.getId());
        }
    }
}
