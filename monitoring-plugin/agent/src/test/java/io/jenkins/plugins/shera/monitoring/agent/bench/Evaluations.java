package io.jenkins.plugins.shera.monitoring.agent.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a Prometheus evaluates each of its groups, by what it says of itself. */
final class Evaluations implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Evaluations.class.getName());
    private static final Pattern LAST = Pattern.compile(
            "prometheus_rule_group_last_evaluation_timestamp_seconds\\{rule_group=\"[^\"]*;([^\"]*)\"\\} (\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final URI metrics;
    private final Duration interval;
    private final Map<String, Double> last = new HashMap<>();
    private final Map<String, Long> missed = new TreeMap<>();

    private Evaluations(URI server, Duration interval) {
        this.metrics = server.resolve("/metrics");
        this.interval = interval;
    }

    /** Looks five times in each interval. */
    static Evaluations watch(URI server, Duration interval) throws IOException, InterruptedException {
        Evaluations evaluations = new Evaluations(server, interval);
        evaluations.look();
        long pause = interval.toMillis() / 5;
        evaluations.clock.scheduleAtFixedRate(evaluations::lookAgain, pause, pause, TimeUnit.MILLISECONDS);
        return evaluations;
    }

    private void lookAgain() {
        try {
            look();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Prometheus did not say when it evaluates", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException, InterruptedException {
        String said = http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        take(said);
    }

    private synchronized void take(String said) {
        for (Matcher each = LAST.matcher(said); each.find(); ) {
            double now = Double.parseDouble(each.group(2));
            Double before = last.put(each.group(1), now);
            if (before != null && before > 0 && now > before) {
                long between = Math.round((now - before) * 1000 / interval.toMillis()) - 1;
                missed.merge(each.group(1), Math.max(0, between), Long::sum);
            }
        }
    }

    /** The groups that are evaluated. */
    synchronized Set<String> groups() {
        return new TreeSet<>(last.keySet());
    }

    /** How many evaluations came an interval or more too late, of all groups but these. */
    synchronized long missed(Set<String> but) {
        return missed.entrySet().stream()
                .filter(each -> !but.contains(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
