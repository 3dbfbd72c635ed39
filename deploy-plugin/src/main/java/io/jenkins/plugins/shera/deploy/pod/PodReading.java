package io.jenkins.plugins.shera.deploy.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the parts of a pod template back, as they would be written: what {@link PodSettings} makes of them is what was there. */
public final class PodReading {

    private static final int USUAL_GRACE = 30;
    private static final String NAME = "app.kubernetes.io/name";
    private static final Map<String, String> TOPOLOGIES =
            Map.of("kubernetes.io/hostname", "host", "topology.kubernetes.io/zone", "zone");

    private final JsonNode pod;
    private final JsonNode container;
    private final List<PodPart> parts = new ArrayList<>();
    private final List<String> unsaid = new ArrayList<>();
    private String probePath = "";

    /** Of this template and its container. */
    public PodReading(JsonNode template, JsonNode container) {
        this.pod = template.path("spec");
        this.container = container;
        for (String kind : List.of("readiness", "liveness", "startup")) {
            probe(kind, container.path(kind + "Probe"));
        }
        account();
        nodes();
        pod.path("tolerations").forEach(this::toleration);
        pod.path("topologySpreadConstraints").forEach(this::spread);
        affinity();
        termination();
    }

    /** What was said, in words of {@link PodSettings}. */
    public List<PodPart> parts() {
        return List.copyOf(parts);
    }

    /** Path of a readiness probe that is as usual, or empty. */
    public String probePath() {
        return probePath;
    }

    /** What is there and cannot be said, by the name of its field. */
    public List<String> unsaid() {
        return List.copyOf(unsaid);
    }

    private void probe(String kind, JsonNode probe) {
        if (!probe.isObject()) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("kind", kind);
        if (!way(probe, values, "path")) {
            unsaid.add(kind + "Probe");
            return;
        }
        boolean bare = values.size() == 1 || values.keySet().equals(Set.of("kind", "path"));
        number(probe, values, "initialDelaySeconds", 0);
        number(probe, values, "periodSeconds", kind.equals("liveness") ? 10 : 2);
        number(probe, values, "timeoutSeconds", 2);
        number(probe, values, "failureThreshold", kind.equals("startup") ? 150 : 3);
        number(probe, values, "successThreshold", 1);
        int grace = probe.path("terminationGracePeriodSeconds").asInt();
        if (grace > 0) {
            values.put("graceSeconds", String.valueOf(grace));
        }
        boolean usual = values.size() == 1 || values.keySet().equals(Set.of("kind", "path"));
        if (kind.equals("readiness")
                && bare
                && usual
                && container.at("/ports/0").isObject()) {
            probePath = values.getOrDefault("path", "");
            return;
        }
        parts.add(new PodPart("probe", values));
    }

    private static void number(JsonNode probe, Map<String, String> values, String name, int usual) {
        int value = probe.path(name).asInt(usual);
        if (value != usual) {
            values.put(name, String.valueOf(value));
        }
    }

    /** How it is asked: by HTTP, a command, gRPC or a connection. False where it says more than can be said. */
    private boolean way(JsonNode probe, Map<String, String> values, String pathName) {
        if (probe.path("exec").isObject()) {
            JsonNode command = probe.at("/exec/command");
            boolean shell = command.size() == 3
                    && command.path(0).asText().equals("/bin/sh")
                    && command.path(1).asText().equals("-c");
            values.put("command", command.path(2).asText());
            return shell;
        }
        for (String how : List.of("httpGet", "tcpSocket", "grpc")) {
            JsonNode target = probe.path(how);
            if (!target.isObject()) {
                continue;
            }
            String scheme = target.path("scheme").asText("HTTP");
            if (how.equals("httpGet")) {
                values.put(pathName, target.path("path").asText("/"));
                if (!scheme.equals("HTTP")) {
                    values.put("scheme", scheme);
                }
            } else if (how.equals("grpc")) {
                values.put("by", "grpc");
                if (!target.path("service").asText("").isEmpty()) {
                    values.put("service", target.path("service").asText());
                }
            }
            int port = port(target);
            if (port > 0) {
                values.put("port", String.valueOf(port));
            }
            return port >= 0 && !target.has("host") && !target.has("httpHeaders");
        }
        return false;
    }

    /** The port, 0 for the container's first one, -1 for one that has a name which is not its. */
    private int port(JsonNode target) {
        JsonNode port = target.path("port");
        JsonNode first = container.at("/ports/0");
        if (port.isTextual()) {
            return port.asText().equals(first.path("name").asText("")) ? 0 : -1;
        }
        boolean byNumber = target.path("service").isTextual()
                || first.path("name").asText("").isEmpty();
        return byNumber && port.asInt() == first.path("containerPort").asInt(-1) ? 0 : port.asInt();
    }

    private void account() {
        String name = pod.path("serviceAccountName").asText("");
        if (!name.isEmpty()) {
            parts.add(new PodPart("serviceAccount", Map.of("name", name)));
        }
    }

    private void nodes() {
        if (pod.path("nodeSelector").isEmpty()) {
            return;
        }
        List<String> labels = new ArrayList<>();
        pod.path("nodeSelector")
                .properties()
                .forEach(
                        each -> labels.add(each.getKey() + "=" + each.getValue().asText()));
        parts.add(new PodPart("nodeSelector", Map.of("labels", String.join(",", labels))));
    }

    private void toleration(JsonNode toleration) {
        Map<String, String> values = new TreeMap<>();
        for (String name : List.of("key", "value", "effect")) {
            values.put(name, toleration.path(name).asText(""));
        }
        values.put("seconds", toleration.path("tolerationSeconds").asText(""));
        if (values.get("key").isEmpty()) {
            unsaid.add("tolerations");
            return;
        }
        parts.add(new PodPart("toleration", values));
    }

    private void spread(JsonNode each) {
        Map<String, String> values = new TreeMap<>();
        values.put("over", topology(each));
        String skew = each.path("maxSkew").asText("1");
        values.put("maxSkew", skew.equals("1") ? "" : skew);
        values.put("required", each.path("whenUnsatisfiable").asText().equals("DoNotSchedule") ? "true" : "");
        if (isOurs(each)) {
            parts.add(new PodPart("spread", values));
        } else {
            unsaid.add("topologySpreadConstraints");
        }
    }

    private void affinity() {
        JsonNode rules = pod.at("/affinity/podAntiAffinity");
        rules.path("requiredDuringSchedulingIgnoredDuringExecution").forEach(term -> antiAffinity(term, true));
        rules.path("preferredDuringSchedulingIgnoredDuringExecution")
                .forEach(each -> antiAffinity(each.path("podAffinityTerm"), false));
        for (String other : List.of("nodeAffinity", "podAffinity")) {
            if (pod.path("affinity").has(other)) {
                unsaid.add(other);
            }
        }
    }

    private void antiAffinity(JsonNode term, boolean required) {
        if (isOurs(term)) {
            parts.add(new PodPart("antiAffinity", Map.of("over", topology(term), "required", required ? "true" : "")));
        } else {
            unsaid.add("podAntiAffinity");
        }
    }

    private static boolean isOurs(JsonNode rule) {
        JsonNode labels = rule.at("/labelSelector/matchLabels");
        return labels.size() == 1
                && labels.has(NAME)
                && rule.path("matchLabelKeys").size() == 1;
    }

    private static String topology(JsonNode rule) {
        String key = rule.path("topologyKey").asText();
        return TOPOLOGIES.getOrDefault(key, key);
    }

    private void termination() {
        Map<String, String> values = new LinkedHashMap<>();
        int grace = pod.path("terminationGracePeriodSeconds").asInt(USUAL_GRACE);
        if (grace != USUAL_GRACE) {
            values.put("graceSeconds", String.valueOf(grace));
        }
        JsonNode lifecycle = container.path("lifecycle");
        JsonNode preStop = lifecycle.path("preStop");
        if (lifecycle.has("postStart")) {
            unsaid.add("postStart");
        }
        if (preStop.path("sleep").isObject()) {
            values.put("sleepSeconds", preStop.at("/sleep/seconds").asText());
        } else if (preStop.isObject() && (!way(preStop, values, "path") || values.containsKey("port"))) {
            unsaid.add("preStop");
        }
        if (!values.isEmpty()) {
            parts.add(new PodPart("termination", values));
        }
    }
}
