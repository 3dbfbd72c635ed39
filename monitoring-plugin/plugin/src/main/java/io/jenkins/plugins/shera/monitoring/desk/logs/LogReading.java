package io.jenkins.plugins.shera.monitoring.pages;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.connection.ClusterClient;
import io.jenkins.plugins.shera.kube.connection.TimeLimits;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.logs.Window;
import io.jenkins.plugins.shera.monitoring.sources.ContainerLog;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs;
import io.jenkins.plugins.shera.monitoring.sources.KubernetesLogs.PodContainer;
import io.jenkins.plugins.shera.monitoring.sources.LogLine;
import io.jenkins.plugins.shera.monitoring.sources.LogQuery;
import io.jenkins.plugins.shera.monitoring.sources.MergedLog;
import io.jenkins.plugins.shera.monitoring.sources.Newest;
import io.jenkins.plugins.shera.monitoring.sources.UnreadLog;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.ClusterLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.pages.QueryText;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;

/** One read of an application's logs, with the tenant's identity; bounded in lines, bytes and containers. */
final class LogReading implements AutoCloseable {

    private static final int MOST_LINES = 5_000;
    private static final int MOST_CONTAINERS = 50;
    private static final long MOST_SHOWN = 4_000_000;
    private static final long MOST_SAVED = 100_000_000;
    private static final long MOST_READ = 256_000_000;

    private final Environment environment;
    private final String application;
    private final ClusterClient client;
    private final KubernetesLogs logs;
    private final String pod;
    private final String container;
    private final Window window;
    private final int tail;
    private final boolean previous;
    private final int skip;
    private MergedLog open;
    private int matching;
    private int read;

    private LogReading(Environment environment, String application, ClusterClient client, QueryText query) {
        this.environment = environment;
        this.application = application;
        this.client = client;
        this.logs = new KubernetesLogs(client.api());
        this.pod = query.text("pod");
        this.container = query.text("container");
        this.window = window(query);
        this.tail = tail(query.text("tail"));
        this.previous = query.text("previous").equals("true");
        this.skip = skip(query.text("skip"));
    }

    static LogReading open(Tenant tenant, Application application, StaplerRequest2 request) {
        QueryText query = new QueryText(request);
        String name = query.text("environment");
        Environment environment = application
                .environment(name)
                .filter(each -> tenant.owns(each.getCluster(), each.getNamespace()))
                .orElseThrow(() -> refused(
                        "environment",
                        Messages.LogReading_environment(application.getName()),
                        Messages.LogReading_environment_next()));
        KubernetesCluster cluster = SheraConfiguration.get().cluster(environment.getCluster());
        if (cluster == null) {
            throw refused("environment", Messages.LogReading_cluster(), Messages.LogReading_cluster_next());
        }
        // The query is read first, so that a bad one opens no connection.
        window(query);
        tail(query.text("tail"));
        skip(query.text("skip"));
        try {
            ClusterClient client = ClusterClient.open(ClusterLogin.ofTenant(cluster, tenant), TimeLimits.INTERACTIVE);
            return new LogReading(environment, application.getName(), client, query);
        } catch (Refusal e) {
            throw new RefusedRead(e);
        }
    }

    private static Window window(QueryText query) {
        String after = query.text("after");
        if (after.matches("[0-9]{1,19}")) {
            try {
                Instant end = query.instant("until");
                return new Window(
                        Math.addExact(Long.parseLong(after), 1), end == null ? Long.MAX_VALUE : Stamps.of(end));
            } catch (NumberFormatException | ArithmeticException e) {
                throw refused("after", Messages.LogReading_after(), Messages.LogReading_after_next());
            }
        }
        Instant since = query.instant("since");
        Instant until = query.instant("until");
        try {
            return Window.of(since, until);
        } catch (IllegalArgumentException e) {
            throw refused("until", Messages.LogReading_range(), Messages.LogReading_range_next());
        }
    }

    private static int tail(String text) {
        if (text.isEmpty()) {
            return MOST_LINES;
        }
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MOST_LINES || Integer.parseInt(text) < 1) {
            throw refused("tail", Messages.LogReading_tail(MOST_LINES), Messages.LogReading_tail_next());
        }
        return Integer.parseInt(text);
    }

    private static int skip(String text) {
        if (!text.isEmpty() && !text.matches("[0-9]{1,6}")) {
            throw refused("skip", Messages.LogReading_skip(), Messages.LogReading_skip_next());
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static RefusedRead refused(String where, String why, String next) {
        return new RefusedRead(new Refusal(Refusal.Kind.INPUT, Messages.LogsPage_failed(), where, why, next));
    }

    List<PodContainer> containers() throws KubeException {
        return logs.containers(environment.getNamespace(), application);
    }

    /** Opens the logs, so that what cannot be read is said before the first byte of an answer. */
    void begin() throws IOException {
        begin(-1);
    }

    private void begin(int lines) throws IOException {
        List<ContainerLog> wanted = new ArrayList<>();
        for (PodContainer one : containers()) {
            boolean named = (pod.isEmpty() || pod.equals(one.pod()))
                    && (container.isEmpty() || container.equals(one.container()));
            boolean readable = previous ? one.previous() : one.ran();
            if (named && readable) {
                matching++;
                if (matching > skip && wanted.size() < MOST_CONTAINERS) {
                    wanted.add(new ContainerLog(environment.getNamespace(), one.pod(), one.container()));
                }
            }
        }
        read = wanted.size();
        open = MergedLog.open(logs, wanted, new LogQuery(window, lines, false, previous));
    }

    /** The last lines of the range, in order of time. */
    Newest last() throws IOException {
        boolean ranged = window.since() != Long.MIN_VALUE + 1 || window.until() != Long.MAX_VALUE;
        begin(ranged ? -1 : tail);
        return Newest.of(open, new Newest.Bounds(tail, MOST_SHOWN, MOST_READ));
    }

    /** How many containers the query means, of which at most {@link #MOST_CONTAINERS} are read. */
    int matching() {
        return matching;
    }

    /** How many of them were passed over because the query said so. */
    int skipped() {
        return Math.min(skip, matching);
    }

    /** How many of them were read. */
    int read() {
        return read;
    }

    /** Those of them whose lines are missing. */
    List<UnreadLog> unread() {
        return open.unread();
    }

    /** Every line of the range as text, until the file is large enough; what is missing is said where a reader sees it. */
    void all(Writer out) throws IOException {
        if (read < matching) {
            int first = skipped() + 1;
            out.write(Messages.LogReading_some(first, skipped() + read, matching) + '\n');
        }
        long size = 0;
        for (LogLine line = open.next(); line != null; line = open.next()) {
            String text = Stamps.text(line.stamp())
                    + ' '
                    + line.log().pod()
                    + ' '
                    + line.text()
                    + (line.omitted() > 0 ? ' ' + Messages.LogReading_omitted(line.omitted()) : "")
                    + '\n';
            size += text.length();
            if (size > MOST_SAVED) {
                out.write(Messages.LogReading_large() + '\n');
                break;
            }
            out.write(text);
        }
        for (UnreadLog each : unread()) {
            String name = each.log().pod() + '/' + each.log().container();
            String why = LogsPage.sort(each.why());
            out.write((each.begun() ? Messages.LogReading_broken(name, why) : Messages.LogReading_unread(name, why))
                    + '\n');
        }
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
