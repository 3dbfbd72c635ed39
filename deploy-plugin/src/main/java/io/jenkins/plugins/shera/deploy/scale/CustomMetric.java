package io.jenkins.plugins.shera.deploy.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.input.Quantity;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A metric besides CPU and memory that an autoscaler looks at, as the cluster's metrics adapter offers it; checked when it is made. */
public final class CustomMetric implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Kinds of objects that adapters know metrics of, with where they come from. */
    private static final Map<String, String> OBJECTS = new TreeMap<>(Map.of(
            "Service", "v1",
            "Ingress", "networking.k8s.io/v1",
            "HTTPRoute", "gateway.networking.k8s.io/v1",
            "Deployment", "apps/v1",
            "StatefulSet", "apps/v1"));

    /** Whose metric it is. */
    public enum Kind {
        /** The average of the application's pods. */
        PODS("pods", "Pods"),
        /** Of one object of the namespace. */
        OBJECT("object", "Object"),
        /** Of something outside the cluster, for each pod. */
        EXTERNAL("external", "External");

        private final String word;
        private final String type;

        Kind(String word, String type) {
            this.word = word;
            this.type = type;
        }

        private String field() {
            return word;
        }

        /** As steps and REST spell it. */
        public String word() {
            return word;
        }

        static Kind of(String word) {
            for (Kind each : values()) {
                if (each.word.equals(word)) {
                    return each;
                }
            }
            throw refused("metricKind", word, "pods, object or external");
        }
    }

    private final Kind kind;
    private final String name;
    private final String target;
    private final String object;
    private final String selector;

    private CustomMetric(Kind kind, String name, String target, String object, String selector) {
        this.kind = kind;
        this.name = name;
        this.target = target;
        this.object = object;
        this.selector = selector;
    }

    /**
     * Makes one of what somebody gave; null when nothing was given.
     *
     * @param kind {@code pods}, which is also what empty means, {@code object} or {@code external}
     * @param name as the adapter names the metric
     * @param target the value it aims at, a quantity such as 10, 500m or 2k
     * @param object for {@code object}: kind and name, for example {@code Ingress/shop}
     * @param selector labels of the series, for example {@code queue=orders}; may be empty
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    public static CustomMetric of(String kind, String name, String target, String object, String selector) {
        if ((text(kind) + text(name) + text(target) + text(object) + text(selector)).isEmpty()) {
            return null;
        }
        Kind chosen = text(kind).isEmpty() ? Kind.PODS : Kind.of(text(kind));
        if (!text(name).matches("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,252}")) {
            throw refused(
                    "metric",
                    name,
                    "the name of a metric as the adapter of the cluster has it, letters, digits, _ . : -");
        }
        amount(target);
        boolean ofObject = chosen == Kind.OBJECT;
        String[] parts = text(object).split("/", 2);
        boolean known = parts.length == 2
                && OBJECTS.containsKey(parts[0])
                && parts[1].matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
        if (ofObject && !known || !ofObject && !text(object).isEmpty()) {
            throw refused(
                    "metricObject",
                    object,
                    ofObject
                            ? "kind and name of an object of the namespace such as Ingress/shop; kinds are "
                                    + String.join(", ", OBJECTS.keySet())
                            : "it with metricKind object only");
        }
        CustomMetric made = new CustomMetric(chosen, text(name), text(target), text(object), text(selector));
        made.labels();
        return made;
    }

    private static String text(String given) {
        return given == null ? "" : given.trim();
    }

    private static void amount(String target) {
        try {
            BigDecimal amount = Quantity.amount("metricTarget", text(target));
            if (amount != null && amount.signum() > 0) {
                return;
            }
        } catch (Refusal e) {
            throw refused("metricTarget", target, "a number above 0 such as 10, 500m or 2k");
        }
        throw refused("metricTarget", target, "a number above 0 such as 10, 500m or 2k");
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String each : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
            String[] parts = each.trim().split("=", 2);
            boolean fits = parts.length == 2
                    && parts[0].matches("[A-Za-z0-9]([A-Za-z0-9_./-]{0,250}[A-Za-z0-9])?")
                    && parts[1].matches("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
            if (!fits || labels.put(parts[0], parts[1]) != null || labels.size() > 20) {
                throw refused("metricSelector", selector, "labels such as queue=orders,env=prod");
            }
        }
        return labels;
    }

    private static IllegalArgumentException refused(String parameter, String given, String instead) {
        String shown = text(given).replaceAll("[^ -~]", "?");
        return new IllegalArgumentException("'" + (shown.length() > 60 ? shown.substring(0, 60) + "..." : shown)
                + "' cannot be the parameter " + parameter + ". Give " + instead + ".");
    }

    /** As an item of an autoscaler's metrics. */
    ObjectNode toJson(ObjectNode item) {
        item.put("type", kind.type);
        ObjectNode body = item.putObject(kind.field());
        ObjectNode metric = body.putObject("metric").put("name", name);
        if (!selector.isEmpty()) {
            ObjectNode labels = metric.putObject("selector").putObject("matchLabels");
            labels().forEach(labels::put);
        }
        boolean whole = kind == Kind.OBJECT;
        body.putObject("target")
                .put("type", whole ? "Value" : "AverageValue")
                .put(whole ? "value" : "averageValue", target);
        if (whole) {
            String[] parts = object.split("/", 2);
            body.putObject("describedObject")
                    .put("apiVersion", OBJECTS.get(parts[0]))
                    .put("kind", parts[0])
                    .put("name", parts[1]);
        }
        return item;
    }

    /** The first one that an autoscaler has besides CPU and memory; null when it has none that can be said here. */
    public static CustomMetric of(JsonNode autoscaler) {
        for (JsonNode item : autoscaler.path("spec").path("metrics")) {
            for (Kind kind : Kind.values()) {
                JsonNode body = item.path(kind.field());
                if (item.path("type").asText().equals(kind.type)) {
                    JsonNode target = body.path("target");
                    JsonNode described = body.path("describedObject");
                    return new CustomMetric(
                            kind,
                            body.path("metric").path("name").asText(),
                            target.path(target.has("averageValue") ? "averageValue" : "value")
                                    .asText(),
                            kind == Kind.OBJECT
                                    ? described.path("kind").asText() + "/"
                                            + described.path("name").asText()
                                    : "",
                            body.path("metric").path("selector").path("matchLabels").properties().stream()
                                    .map(each -> each.getKey() + "="
                                            + each.getValue().asText())
                                    .collect(Collectors.joining(",")));
                }
            }
        }
        return null;
    }

    /** What the autoscaler sees of its metric besides CPU and memory now; empty while it sees none. */
    public static String seen(JsonNode autoscaler) {
        for (JsonNode item : autoscaler.path("status").path("currentMetrics")) {
            for (Kind kind : Kind.values()) {
                if (item.path("type").asText().equals(kind.type)) {
                    JsonNode current = item.path(kind.field()).path("current");
                    return current.path(current.has("averageValue") ? "averageValue" : "value")
                            .asText("");
                }
            }
        }
        return "";
    }

    /** Whose it is. */
    public Kind kind() {
        return kind;
    }

    /** As the adapter names it. */
    public String name() {
        return name;
    }

    /** What is aimed at. */
    public String target() {
        return target;
    }

    /** Kind and name of the object it is of, or empty. */
    public String object() {
        return object;
    }

    /** Labels of the series, or empty. */
    public String selector() {
        return selector;
    }

    /** For people. */
    @Override
    public String toString() {
        String of = object.isEmpty() ? kind == Kind.EXTERNAL ? " (external)" : "" : " of " + object;
        return name + of + (selector.isEmpty() ? "" : " with " + selector) + " " + target;
    }
}
