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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;

/** One read of an application's logs, with the tenant's identity; bounded in lines, bytes and containers. */
final class LogReading implements AutoCloseable {

    private static final int MOST_LINES = 5_000;
    private static final int MOST_CONTAINERS = 50;
    private static final long MOST_SHOWN = 4_000_000;
    private static final long MOST_SAVED = 100_000_000;

    private final Environment environment;
    private final String application;
    private final ClusterClient client;
    private final KubernetesLogs logs;
    private final String pod;
    private final String container;
    private final Window window;
    private final int tail;
    private final boolean previous;
    private MergedLog open;

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
                return new Window(Math.addExact(Long.parseLong(after), 1), Long.MAX_VALUE);
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
            if (named && readable && wanted.size() < MOST_CONTAINERS) {
                wanted.add(new ContainerLog(environment.getNamespace(), one.pod(), one.container()));
            }
        }
        open = MergedLog.open(logs, wanted, new LogQuery(window, lines, false, previous));
    }

    /** The last lines of the range, in order of time. */
    Lines last() throws IOException {
        boolean ranged = window.since() != Long.MIN_VALUE + 1 || window.until() != Long.MAX_VALUE;
        begin(ranged ? -1 : tail);
        ArrayDeque<LogLine> kept = new ArrayDeque<>();
        long size = 0;
        boolean cut = false;
        for (LogLine line = open.next(); line != null; line = open.next()) {
            kept.add(line);
            size += line.text().length();
            while (kept.size() > tail || size > MOST_SHOWN && kept.size() > 1) {
                size -= kept.remove().text().length();
                cut = true;
            }
        }
        return new Lines(List.copyOf(kept), cut);
    }

    /** Every line of the range as text, until the file is large enough. */
    void all(Writer out) throws IOException {
        long size = 0;
        for (LogLine line = open.next(); line != null; line = open.next()) {
            String text = Stamps.text(line.stamp()) + ' ' + line.log().pod() + ' ' + line.text() + '\n';
            size += text.length();
            if (size > MOST_SAVED) {
                out.write(Messages.LogReading_large() + '\n');
                return;
            }
            out.write(text);
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

    /** What is shown; {@code cut} when there was more before it. */
    record Lines(List<LogLine> lines, boolean cut) {}
}
