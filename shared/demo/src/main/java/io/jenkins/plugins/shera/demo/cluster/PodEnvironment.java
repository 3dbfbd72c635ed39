package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of a container: plain values, and those taken from ConfigMaps and Secrets. */
final class PodEnvironment {
    private final ObjectStore store;
    private final String namespace;

    PodEnvironment(ObjectStore store, String namespace) {
        this.store = store;
        this.namespace = namespace;
    }

    Map<String, String> of(JsonNode container) throws IOException {
        Map<String, String> result = new LinkedHashMap<>();
        for (JsonNode source : container.path("envFrom")) {
            String prefix = source.path("prefix").asText("");
            boolean secret = source.has("secretRef");
            data(
                            secret,
                            source.path(secret ? "secretRef" : "configMapRef")
                                    .path("name")
                                    .asText())
                    .forEach((key, value) -> result.put(prefix + key, value));
        }
        for (JsonNode variable : container.path("env")) {
            JsonNode from = variable.path("valueFrom");
            String value = variable.path("value").asText("");
            if (from.has("secretKeyRef") || from.has("configMapKeyRef")) {
                boolean secret = from.has("secretKeyRef");
                JsonNode reference = from.path(secret ? "secretKeyRef" : "configMapKeyRef");
                value = data(secret, reference.path("name").asText())
                        .get(reference.path("key").asText());
                if (value == null) {
                    throw new IOException(
                            "couldn't find key " + reference.path("key").asText() + " in "
                                    + reference.path("name").asText());
                }
            }
            result.put(variable.path("name").asText(), value);
        }
        return result;
    }

    private Map<String, String> data(boolean secret, String name) throws IOException {
        String path = "/api/v1/namespaces/" + namespace + (secret ? "/secrets/" : "/configmaps/") + name;
        JsonNode object = store.find(path)
                .orElseThrow(() -> new IOException((secret ? "secret \"" : "configmap \"") + name + "\" not found"));
        Map<String, String> data = new LinkedHashMap<>();
        object.path("data")
                .properties()
                .forEach(entry -> data.put(
                        entry.getKey(),
                        secret
                                ? new String(
                                        Base64.getDecoder()
                                                .decode(entry.getValue().asText()),
                                        StandardCharsets.UTF_8)
                                : entry.getValue().asText()));
        object.path("stringData")
                .properties()
                .forEach(entry -> data.put(entry.getKey(), entry.getValue().asText()));
        return data;
    }
}
