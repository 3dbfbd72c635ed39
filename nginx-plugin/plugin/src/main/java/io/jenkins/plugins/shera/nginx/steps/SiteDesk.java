package io.jenkins.plugins.shera.nginx.steps;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.site.InvalidSiteException;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.site.SitePolicy;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
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

    /** The files of people that the cluster is to have; empty where none were ever pushed from this Jenkins. */
    public static Optional<SortedMap<String, String>> intended(String cluster) throws IOException {
        return history(cluster).latest().map(SiteHistory.Entry::files);
    }

    /** Refuses files that may not be pushed, whatever the nodes would say. */
    public static void check(Map<String, String> files) throws IOException {
        try {
            SitePolicy.check(files);
        } catch (InvalidSiteException e) {
            throw new SitePush.FailedException(e.getMessage(), e);
        }
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

    /** Writes down what every node has now. */
    static void done(
            String cluster, String tenant, long base, Map<String, String> files, String who, String why, Run<?, ?> run)
            throws IOException {
        String reason = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) : why;
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
     * @param watch of errors, for which the caller waits
     */
    public static void push(
            NginxCluster cluster,
            String tenant,
            long base,
            Map<String, String> files,
            ErrorWatch watch,
            String who,
            String why,
            Consumer<String> log)
            throws IOException, InterruptedException {
        check(files);
        enter(cluster.getId());
        try {
            long newest = history(cluster.getId())
                    .latest()
                    .map(SiteHistory.Entry::number)
                    .orElse(0L);
            if (newest != base) {
                throw new SitePush.FailedException(
                        Messages.SiteDesk_stale(cluster.getId(), String.valueOf(newest)), null);
            }
            SitePush push = new SitePush(files, "", Integer.MAX_VALUE, 0, watch);
            boolean done = false;
            while (!done) {
                done = push.act(cluster, log);
                if (push.isResting()) {
                    TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
                }
            }
            done(cluster.getId(), tenant, base, files, who, why, null);
        } finally {
            leave(cluster.getId());
        }
    }
}
