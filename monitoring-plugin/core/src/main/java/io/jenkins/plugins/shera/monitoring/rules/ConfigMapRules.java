package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A ConfigMap that a Prometheus mounts, with a key for the file of each tenant. Ours are the keys that our field manager applied; every
 * other key is left alone, and one of the same name is never taken over.
 */
public record ConfigMapRules(String namespace, String name) implements RuleObject {

    /** What the API server takes, values of all keys together. */
    static final int LARGEST = 1 << 20;

    private static final String SUFFIX = RuleFile.fileName("");

    @Override
    public ObjectRef ref(Kinds kinds) throws IOException {
        return new ObjectRef(kinds.find("v1", "ConfigMap"), namespace, name);
    }

    @Override
    public List<RuleFile> ours(JsonNode live) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String key : keys(live)) {
            byte[] file = live.path("data").path(key).asText().getBytes(StandardCharsets.UTF_8);
            files.add(RuleReader.read(key.substring(0, key.length() - SUFFIX.length()), file));
        }
        return files;
    }

    private static Set<String> keys(JsonNode live) {
        Set<String> keys = new HashSet<>();
        Iterator<String> fields = RuleObject.applied(live)
                .orElse(MissingNode.getInstance())
                .path("f:data")
                .fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (field.startsWith("f:") && field.endsWith(SUFFIX)) {
                keys.add(field.substring(2));
            }
        }
        return keys;
    }

    @Override
    public void check(JsonNode live, Collection<RuleFile> files) throws IOException {
        Set<String> ours = keys(live);
        long others = 0;
        for (Map.Entry<String, JsonNode> each : live.path("data").properties()) {
            others += ours.contains(each.getKey()) ? 0 : bytes(each.getValue());
        }
        for (Map.Entry<String, JsonNode> each : live.path("binaryData").properties()) {
            others += bytes(each.getValue()) / 4L * 3;
        }
        long own = files.stream().mapToLong(each -> each.render().length).sum();
        if (own + others > LARGEST) {
            throw new Rollover.RefusedException("ConfigMap " + namespace + "/" + name + " would hold " + (own + others)
                    + " bytes, " + others + " of them in keys of others, and Kubernetes takes " + LARGEST
                    + ". Nothing was written. Name a ConfigMap without keys of others, give clusters a Prometheus and a"
                    + " ConfigMap of their own, or set fewer thresholds.");
        }
    }

    private static int bytes(JsonNode text) {
        return text.asText().getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public ObjectNode content(Collection<RuleFile> files) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode data = object.putObject("data");
        for (RuleFile each : files) {
            data.put(RuleFile.fileName(each.tenant()), new String(each.render(), StandardCharsets.UTF_8));
        }
        return object;
    }

    @Override
    public boolean goesWithTheLast(JsonNode live) {
        // Pods that mount it would not start without it.
        return false;
    }

    @Override
    public boolean reloads() {
        return true;
    }

    @Override
    public String advice() {
        return "Check that its pods mount ConfigMap " + namespace + "/" + name
                + " as a whole, without subPath, and that rule_files names *.yml there.";
    }
}
