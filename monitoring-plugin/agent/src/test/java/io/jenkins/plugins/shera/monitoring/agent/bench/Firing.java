package io.jenkins.plugins.shera.monitoring.agent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.PrometheusClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How long it takes until an alert of a tenant fires, from the moment of {@link #await} on. */
final class Firing {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 100;

    private final CompletableFuture<Double> took = new CompletableFuture<>();

    private Firing() {}

    /** Looks on from a thread of its own. */
    static Firing await(PrometheusClient client, String tenant, String metric) {
        Firing firing = new Firing();
        long began = System.nanoTime();
        Thread thread = new Thread(() -> firing.look(client, tenant, metric, began), "firing");
        thread.setDaemon(true);
        thread.start();
        return firing;
    }

    private void look(PrometheusClient client, String tenant, String metric, long began) {
        try {
            while (!fires(client, tenant, metric)) {
                if (System.nanoTime() - began > LIMIT.toNanos()) {
                    throw new IOException("no alert of " + tenant + " fired within " + LIMIT);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            took.complete((System.nanoTime() - began) / 1e9);
        } catch (IOException | InterruptedException e) {
            took.completeExceptionally(e);
        }
    }

    private static boolean fires(PrometheusClient client, String tenant, String metric) throws IOException {
        for (JsonNode alert : client.alerts()) {
            JsonNode labels = alert.path("labels");
            if (alert.path("state").asText().equals("firing")
                    && labels.path("tenant").asText().equals(tenant)
                    && labels.path("metric").asText().equals(metric)) {
                return true;
            }
        }
        return false;
    }

    double seconds() {
        return took.join();
    }
}
