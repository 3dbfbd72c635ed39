package io.jenkins.plugins.shera.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Two states of an object as lines a person reads: {@code ~ spec.replicas: 1 -> 3}. Never shows a secret. */
public final class Diff {

    private static final String MASK = "********";
    private static final int LONGEST_VALUE = 200;
    private static final int MOST_LINES = 400;
    private static final Set<String> NOISE = Set.of(
            "status",
            "metadata.managedFields",
            "metadata.resourceVersion",
            "metadata.uid",
            "metadata.generation",
            "metadata.creationTimestamp",
            "metadata.selfLink",
            "metadata.annotations.kubectl.kubernetes.io/last-applied-configuration",
            "metadata.annotations.deployment.kubernetes.io/revision");
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(passw|passphrase|secret|token|credential|private|api_?key|auth).*");
    private static final List<String> KEYS = List.of("name", "containerPort", "port", "mountPath", "ip");

    private final boolean secret;
    private final List<String> lines = new ArrayList<>();

    private Diff(boolean secret) {
        this.secret = secret;
    }

    /** The differences, without what the server keeps for itself; missing nodes stand for "not there". */
    public static List<String> between(JsonNode before, JsonNode after) {
        String kind = after.path("kind").asText(before.path("kind").asText(""));
        Diff diff = new Diff(kind.equals("Secret"));
        diff.compare(before, after, "", false);
        return diff.lines;
    }

    private void compare(JsonNode before, JsonNode after, String path, boolean masked) {
        if (before.equals(after) || NOISE.contains(path)) {
            return;
        }
        if (lines.size() >= MOST_LINES) {
            if (lines.size() == MOST_LINES) {
                lines.add("... and more");
            }
            return;
        }
        Map<String, JsonNode> left = parts(before);
        Map<String, JsonNode> right = parts(after);
        boolean empty = left.isEmpty() && right.isEmpty();
        if (empty || isValue(before) || isValue(after)) {
            leaf(before, after, path, masked);
            return;
        }
        Set<String> names = new LinkedHashSet<>(left.keySet());
        names.addAll(right.keySet());
        boolean secretEntry = masked
                || SECRET_NAME
                        .matcher(right.getOrDefault("name", missing()).asText(""))
                        .matches();
        for (String name : names) {
            String at = name.startsWith("[") || path.isEmpty() ? path + name : path + "." + name;
            boolean hidden = secretEntry && name.equals("value") || secret && isSecretField(at) || masked;
            compare(left.getOrDefault(name, missing()), right.getOrDefault(name, missing()), at, hidden);
        }
    }

    private static boolean isSecretField(String path) {
        return path.startsWith("data") || path.startsWith("stringData") || path.startsWith("metadata.annotations.");
    }

    private void leaf(JsonNode before, JsonNode after, String path, boolean masked) {
        if (before.isMissingNode()) {
            lines.add("+ " + path + ": " + show(after, masked));
        } else if (after.isMissingNode()) {
            lines.add("- " + path + ": " + show(before, masked));
        } else if (masked) {
            lines.add("~ " + path + ": " + MASK + " (changed)");
        } else {
            lines.add("~ " + path + ": " + show(before, false) + " -> " + show(after, false));
        }
    }

    private static boolean isValue(JsonNode node) {
        return node.isValueNode();
    }

    private static JsonNode missing() {
        return MissingNode.getInstance();
    }

    /** Fields of an object, or items of a list, keyed by what names them so that an insertion is one line. */
    private static Map<String, JsonNode> parts(JsonNode node) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        node.properties().forEach(field -> parts.put(field.getKey(), field.getValue()));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String key = "[" + key(node.get(i), i) + "]";
                parts.put(parts.containsKey(key) ? "[" + i + "]" : key, node.get(i));
            }
        }
        return parts;
    }

    private static String key(JsonNode item, int index) {
        for (String key : KEYS) {
            if (item.has(key)) {
                return item.path(key).asText();
            }
        }
        return String.valueOf(index);
    }

    private static String show(JsonNode value, boolean masked) {
        if (masked) {
            return MASK;
        }
        String text = value.isTextual() ? value.asText() : value.toString();
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }
}
