package io.jenkins.plugins.shera.monitoring.history;

import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an InfluxDB has of which metric, and how it calls whose it is.
 *
 * @param namespace tag with the namespace; so {@code pod} and {@code container}
 * @param metrics by the id of the metric
 */
public record InfluxSchema(String namespace, String pod, String container, Map<String, Recorded> metrics) {

    /** As Heapster wrote it. */
    public static final InfluxSchema HEAPSTER = read(
            """
            tags namespace=namespace_name pod=pod_name container=container_name
            cpu measurement=cpu/usage_rate factor=0.001 tag.type=pod_container
            memory measurement=memory/working_set tag.type=pod_container
            disk measurement=filesystem/usage tag.type=pod_container tag.resource_id=/
            networkIn measurement=network/rx_rate of=pod tag.type=pod
            networkOut measurement=network/tx_rate of=pod tag.type=pod
            """);

    private static final String NAME = "[^\\s\"'\\\\\\p{Cntrl}]{1,200}";
    private static final String FACTOR = "[0-9][0-9.eE+-]{0,29}";

    /** Keeps its own copy. */
    public InfluxSchema {
        metrics = Map.copyOf(metrics);
    }

    /**
     * Reads lines such as {@code threads measurement=procstat field=num_threads factor=1 kind=gauge of=container tag.host=a}, one for each
     * metric, and one that begins with {@code tags}; Heapster's for an empty text.
     *
     * @throws IllegalArgumentException naming the line that cannot be
     */
    public static InfluxSchema read(String text) {
        if (text.isBlank()) {
            return HEAPSTER;
        }
        Map<String, String> tags =
                new TreeMap<>(Map.of("namespace", "namespace", "pod", "pod", "container", "container"));
        Map<String, Recorded> metrics = new TreeMap<>();
        for (String line :
                text.lines().map(String::strip).filter(each -> !each.isEmpty()).toList()) {
            List<String> words = List.of(line.split("\\s+"));
            Map<String, String> said = said(line, words.subList(1, words.size()));
            if (words.get(0).equals("tags")) {
                if (!tags.keySet().containsAll(said.keySet())) {
                    throw wrong(line, "tags are those of namespace, pod and container");
                }
                tags.putAll(said);
            } else if (Metric.of(words.get(0)).isEmpty() || metrics.containsKey(words.get(0))) {
                throw wrong(line, "it begins with the id of a metric, each once, or with 'tags'");
            } else {
                metrics.put(words.get(0), recorded(line, said));
            }
        }
        if (metrics.isEmpty()) {
            throw new IllegalArgumentException("The mapping of an InfluxDB names no metric. Give a line such as"
                    + " 'memory measurement=memory field=usage', or nothing for Heapster's.");
        }
        return new InfluxSchema(tags.get("namespace"), tags.get("pod"), tags.get("container"), metrics);
    }

    /** Reads conditions such as {@code cluster_name=east}, which all series must fit. */
    public static Map<String, String> conditions(String text) {
        return text.isBlank()
                ? Map.of()
                : said(text.strip(), List.of(text.strip().split("[\\s,]+")));
    }

    private static Map<String, String> said(String line, List<String> words) {
        Map<String, String> said = new TreeMap<>();
        for (String word : words) {
            int sign = word.indexOf('=');
            String value = word.substring(sign + 1);
            if (sign < 1 || !word.substring(0, sign).matches(NAME) || !value.matches(NAME)) {
                throw wrong(line, "'" + word + "' is not written as name=value without quotes");
            }
            if (said.put(word.substring(0, sign), value) != null) {
                throw wrong(line, "'" + word.substring(0, sign) + "' is said twice");
            }
        }
        return said;
    }

    private static Recorded recorded(String line, Map<String, String> said) {
        Map<String, String> tags = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        said.forEach((name, value) -> {
            if (name.startsWith("tag.") && name.length() > 4) {
                tags.put(name.substring(4), value);
            } else if (!List.of("measurement", "field", "factor", "kind", "of").contains(name)) {
                unknown.add(name);
            }
        });
        String kind = said.getOrDefault("kind", "gauge");
        String of = said.getOrDefault("of", "container");
        String factor = said.getOrDefault("factor", "1");
        if (!unknown.isEmpty() || !said.containsKey("measurement")) {
            throw wrong(line, "a metric has measurement, field, factor, kind, of and tag.NAME, the first at least");
        }
        if (!List.of("gauge", "counter").contains(kind)
                || !List.of("container", "pod").contains(of)) {
            throw wrong(line, "kind is gauge or counter, of is container or pod");
        }
        double times = factor(factor);
        if (!Double.isFinite(times) || times <= 0) {
            throw wrong(line, "factor is a number above 0");
        }
        return new Recorded(
                said.get("measurement"),
                said.getOrDefault("field", "value"),
                times,
                kind.equals("counter"),
                of.equals("container"),
                tags);
    }

    /** 0 for what is no number. */
    private static double factor(String text) {
        try {
            return text.matches(FACTOR) ? Double.parseDouble(text) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static IllegalArgumentException wrong(String line, String why) {
        return new IllegalArgumentException("In the line '" + line + "' of an InfluxDB's mapping: " + why + ".");
    }

    /** How a metric is kept; empty where it is not. */
    public Optional<Recorded> of(Metric metric) {
        return Optional.ofNullable(metrics.get(metric.id()));
    }
}
