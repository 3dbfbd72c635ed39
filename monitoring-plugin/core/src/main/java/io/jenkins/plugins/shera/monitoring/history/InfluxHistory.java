package io.jenkins.plugins.shera.monitoring.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.prometheus.Series;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreClient;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreException.Kind;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Subject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The measurements that an InfluxDB 1.x keeps. The user should be one who may only read: InfluxDB carries out whatever it is sent.
 *
 * @param name by which people know it
 */
public record InfluxHistory(String name, StoreClient client, InfluxPlace place, InfluxSchema schema) {

    /** How a metric is kept here; empty where it is not. */
    public Optional<Recorded> recorded(Metric metric) {
        return schema.of(metric);
    }

    /**
     * The means of each step, one series for each pod, labelled {@code pod}, dated by the beginning of the step; a step without a value has
     * none.
     *
     * @throws IOException when it does not answer, not in time, or with only a part
     */
    public List<Series> range(Subject subject, Recorded recorded, Instant since, Instant until, Duration step)
            throws IOException {
        InfluxQuery query;
        try {
            query = new InfluxQuery(place, schema, recorded, subject, since, until, step);
            return series(ask(query.text()), recorded, subject);
        } catch (IllegalArgumentException e) {
            throw new StoreException(Kind.STORE_REFUSED, name + ": " + e.getMessage(), e);
        }
    }

    private JsonNode ask(String query) throws IOException {
        JsonNode root = client.get("/query?epoch=ms&q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        JsonNode result = root.path("results").path(0);
        String error = root.path("error").asText(result.path("error").asText());
        if (!error.isEmpty()) {
            throw new StoreException(Kind.STORE_REFUSED, name + " answered: " + shortened(error), null);
        }
        if (!result.isObject() || result.path("partial").asBoolean()) {
            throw new StoreException(Kind.STORE_FAILED, name + " answered with only a part", null);
        }
        return result;
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "\u2026" : text;
    }

    private List<Series> series(JsonNode result, Recorded recorded, Subject subject) throws IOException {
        List<Series> all = new ArrayList<>();
        for (JsonNode each : result.path("series")) {
            JsonNode tags = each.path("tags");
            if (!tags.path(schema.namespace()).asText().equals(subject.namespace())) {
                throw new StoreException(Kind.STORE_FAILED, name + " answered for another namespace", null);
            }
            if (each.path("partial").asBoolean() || all.size() == InfluxQuery.MOST_SERIES) {
                throw new StoreException(
                        Kind.STORE_FAILED,
                        name + " has more than " + InfluxQuery.MOST_SERIES + " pods of this application in this time",
                        null);
            }
            List<Series.Sample> samples = new ArrayList<>();
            for (JsonNode pair : each.path("values")) {
                double value = pair.path(1).isNumber() ? pair.path(1).asDouble() * recorded.factor() : Double.NaN;
                if (Double.isFinite(value)) {
                    samples.add(new Series.Sample(pair.path(0).asLong() / 1000.0, value));
                }
            }
            if (!samples.isEmpty()) {
                all.add(new Series(Map.of("pod", tags.path(schema.pod()).asText()), samples));
            }
        }
        return all;
    }

    /** Its version, to see that it is one. */
    public String version() throws IOException {
        String version = client.header("/ping", "X-Influxdb-Version");
        if (version.isEmpty()) {
            throw new StoreException(Kind.STORE_FAILED, name + " is no InfluxDB", null);
        }
        return shortened(version);
    }

    /** The ids of the mapped metrics whose measurements it has. */
    public List<String> present() throws IOException {
        TreeSet<String> there = new TreeSet<>();
        JsonNode result = ask("SHOW MEASUREMENTS ON " + InfluxText.name(place.database()) + " LIMIT 20000");
        result.at("/series/0/values").forEach(each -> there.add(each.path(0).asText()));
        return schema.metrics().keySet().stream()
                .filter(id -> there.contains(schema.metrics().get(id).measurement()))
                .sorted()
                .toList();
    }
}
