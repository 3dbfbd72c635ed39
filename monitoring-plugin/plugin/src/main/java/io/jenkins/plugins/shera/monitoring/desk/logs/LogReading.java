package io.jenkins.plugins.shera.monitoring.desk.logs;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterAccess;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.AgentFirst;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs.PodContainer;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.MergedLog;
import io.jenkins.plugins.shera.monitoring.sources.Newest;
import io.jenkins.plugins.shera.monitoring.sources.UnreadLog;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One read of an application's logs, with the tenant's identity; bounded in lines, bytes and containers. */
public final class LogReading implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LogReading.class.getName());

    /** Most bytes of a text for a browser. */
    public static final long MOST_SAVED = 100_000_000;

    private static final int MOST_CONTAINERS = 50;
    private static final long MOST_SHOWN = 4_000_000;
    private static final long MOST_READ = 256_000_000;

    private final Tenant tenant;
    private final Environment environment;
    private final String application;
    private final KubernetesCluster cluster;
    private final ClusterAccess access;
    private final ClusterClient client;
    private final KubernetesLogs logs;
    private final LogWanted wanted;
    private final LogStores stores;
    private AgentFirst source;
    private MergedLog open;
    private int matching;
    private int read;

    private LogReading(
            Tenant tenant,
            Environment environment,
            String application,
            KubernetesCluster cluster,
            ClusterAccess access,
            LogWanted wanted) {
        this.tenant = tenant;
        this.environment = environment;
        this.application = application;
        this.cluster = cluster;
        this.access = access;
        this.client = ClusterClient.open(access, TimeLimits.INTERACTIVE);
        this.logs = new KubernetesLogs(client.api());
        this.wanted = wanted;
        this.stores = new LogStores(cluster.getId(), environment.getNamespace(), application);
    }

    /**
     * What was written.
     *
     * @param lines of containers; remarks about what is missing are not counted
     * @param full true when it ended because it was large enough
     */
    public record Written(long lines, long bytes, boolean full) {}

    /** Opens the way to the cluster; a {@link Refusal} when the environment is none of the tenant's. */
    public static LogReading open(Tenant tenant, Application application, LogWanted wanted) {
        Environment environment = application
                .environment(wanted.environment())
                .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                .orElseThrow(() -> refused(
                        "environment",
                        Messages.LogReading_environment(application.getName()),
                        Messages.LogReading_environment_next()));
        KubernetesCluster cluster = SheraConfiguration.get().cluster(environment.getCluster());
        if (cluster == null) {
            throw refused("environment", Messages.LogReading_cluster(), Messages.LogReading_cluster_next());
        }
        return new LogReading(
                tenant, environment, application.getName(), cluster, ClusterLogin.ofTenant(cluster, tenant), wanted);
    }

    /** A value of a query that cannot be meant. */
    public static Refusal refused(String where, String why, String next) {
        return new Refusal(Refusal.Kind.INPUT, Messages.LogReading_failed(), where, why, next);
    }

    /** A cluster that gave nothing; its own words may quote what is not this reader's, so the sort of failure must do. */
    public static Refusal unavailable(IOException failure) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.LogReading_failed(),
                "",
                Messages.LogReading_failed_why(sort(failure)),
                Messages.LogReading_failed_next());
    }

    /** What sort of failure it was. */
    public static String sort(IOException failure) {
        if (failure instanceof StoreException store) {
            return store.kind().name();
        }
        return failure instanceof KubeException kube ? kube.kind().name() : "UNREACHABLE";
    }

    /** The containers that the environment has now. */
    public List<PodContainer> containers() throws KubeException {
        return logs.containers(environment.getNamespace(), application);
    }

    /** Opens the logs, so that what cannot be read is said before the first byte of an answer. */
    public void begin() throws IOException {
        begin(-1);
    }

    private void begin(int lines) throws IOException {
        LogTimes.Range range = wanted.range();
        LogQuery query = new LogQuery(range.window(), lines, false, wanted.previous(), wanted.filter(), range.around());
        Map<ContainerLog, PodContainer> meant = new LinkedHashMap<>();
        Set<ContainerLog> known = new HashSet<>();
        for (PodContainer one : containers()) {
            ContainerLog log = new ContainerLog(environment.getNamespace(), one.pod(), one.container());
            known.add(log);
            if (wanted.previous() ? one.previous() : one.ran()) {
                take(meant, log, one);
            }
        }
        if (!range.live()) {
            for (ContainerLog gone : stores.without(known, query)) {
                take(meant, gone, null);
            }
        }
        read = meant.size();
        source = new AgentFirst(
                range.live() ? null : LogAgents.of(cluster, tenant, access, meant),
                range.live() ? logs : stores.before(logs));
        open = MergedLog.open(source, List.copyOf(meant.keySet()), query);
        for (AgentFirst.Origin origin : source.origins()) {
            if (origin.why() != null) {
                LOG.log(Level.FINE, "Not from a log agent: {0}", origin.said());
            }
        }
    }

    /** {@code one} is null for a container that is no more. */
    private void take(Map<ContainerLog, PodContainer> meant, ContainerLog log, PodContainer one) {
        boolean named = (wanted.pod().isEmpty() || wanted.pod().equals(log.pod()))
                && (wanted.containers().isEmpty() || wanted.containers().contains(log.container()));
        if (named) {
            matching++;
            if (matching > wanted.skip() && meant.size() < MOST_CONTAINERS) {
                meant.put(log, one);
            }
        }
    }

    /** What is to be said of the store of logs. */
    public LogStores stores() {
        return stores;
    }

    /** The store's own page for what is read; empty where there is none. */
    public String link() {
        return stores.link(wanted.range().window());
    }

    /** The last lines of the range, in order of time. */
    public Newest last() throws IOException {
        Window window = wanted.range().window();
        boolean ranged = window.since() != Long.MIN_VALUE + 1 || window.until() != Long.MAX_VALUE;
        begin(ranged || !wanted.filter().isAll() ? -1 : wanted.tail());
        return Newest.of(open, new Newest.Bounds(wanted.tail(), MOST_SHOWN, MOST_READ));
    }

    /** How many containers the query means, of which at most 50 are read. */
    public int matching() {
        return matching;
    }

    /** How many of them were passed over because the query said so. */
    public int skipped() {
        return Math.min(wanted.skip(), matching);
    }

    /** How many of them were read. */
    public int read() {
        return read;
    }

    /** Those of them whose lines are missing. */
    public List<UnreadLog> unread() {
        return open.unread();
    }

    /** Where the lines came from; complete when they have been read. */
    public AgentFirst source() {
        return source;
    }

    /** Whether it is certain that none is missing: each container was read from an agent that vouches for the order. */
    public boolean isOrdered() {
        return unread().isEmpty()
                && source.origins().stream().allMatch(origin -> source.isOrdered(origin.log()))
                && source.origins().stream().noneMatch(origin -> source.isCut(origin.log()));
    }

    /** Every line of the range as text, until it is so many bytes; what is missing is said where a reader sees it. */
    public Written all(OutputStream out, long most) throws IOException {
        if (read < matching) {
            int first = skipped() + 1;
            say(out, Messages.LogReading_some(first, skipped() + read, matching));
        }
        long size = 0;
        long lines = 0;
        boolean full = false;
        for (LogLine line = open.next(); line != null && !full; line = full ? null : open.next()) {
            byte[] text = (Stamps.text(line.stamp())
                            + ' '
                            + line.log().pod()
                            + ' '
                            + line.text()
                            + (line.omitted() > 0 ? ' ' + Messages.LogReading_omitted(line.omitted()) : "")
                            + '\n')
                    .getBytes(StandardCharsets.UTF_8);
            full = size + text.length > most;
            if (!full) {
                out.write(text);
                size += text.length;
                lines++;
            }
        }
        if (full) {
            say(out, Messages.LogReading_large());
        }
        for (String each : remarks()) {
            say(out, "--- " + each + " ---");
        }
        return new Written(lines, size, full);
    }

    private static void say(OutputStream out, String text) throws IOException {
        out.write((text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** What a reader should know of lines that are missing, or may be; one sentence each. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (UnreadLog each : unread()) {
            String name = name(each.log());
            String why = sort(each.why());
            remarks.add(each.begun() ? Messages.LogReading_broken(name, why) : Messages.LogReading_unread(name, why));
        }
        if (!stores.problem().isEmpty()) {
            remarks.add(Messages.LogReading_store(stores.problem()));
        }
        for (AgentFirst.Origin origin : source.origins()) {
            if (source.isCut(origin.log())) {
                remarks.add(Messages.LogReading_cut(name(origin.log())));
            }
            if (origin.why() != null) {
                remarks.add(Messages.LogReading_fallback(name(origin.log()), origin.why()));
            }
        }
        return remarks;
    }

    private static String name(ContainerLog log) {
        return log.pod() + '/' + log.container();
    }

    @Override
    public void close() throws IOException {
        try {
            if (open != null) {
                open.close();
            }
        } finally {
            client.close();
        }
    }
}
