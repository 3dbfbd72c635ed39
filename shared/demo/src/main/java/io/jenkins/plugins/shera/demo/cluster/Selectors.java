package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/** Label and field selectors of the form {@code a=b,c=d}. */
final class Selectors {
    private Selectors() {}

    static boolean labels(JsonNode object, String selector) {
        return matches(object.path("metadata").path("labels"), selector, false);
    }

    static boolean fields(JsonNode object, String selector) {
        return matches(object, selector, true);
    }

    /** Whether the object's labels hold all of these. */
    static boolean labels(JsonNode object, JsonNode wanted) {
        JsonNode labels = object.path("metadata").path("labels");
        return wanted.properties().stream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    private static boolean matches(JsonNode node, String selector, boolean dotted) {
        for (String term : selector.isEmpty() ? new String[0] : selector.split(",")) {
            String[] pair = term.split("==?", 2);
            JsonNode value = dotted ? node.at("/" + pair[0].replace('.', '/')) : node.path(pair[0]);
            if (pair.length != 2 || !value.asText("").equals(pair[1])) {
                return false;
            }
        }
        return true;
    }
}
