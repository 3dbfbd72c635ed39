package io.jenkins.plugins.shera.monitoring.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
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
 * A PrometheusRule that a Prometheus Operator brings to its servers and tells them of, with a group for each tenant. Ours are the groups
 * that our field manager applied; {@code labels} are those by which the operator chooses the object.
 */
public record OperatorRules(String namespace, String name, Map<String, String> labels) implements RuleObject {

    /** What the operator takes of one object: half of what a ConfigMap holds. */
    static final int LARGEST = 1 << 19;

    private static final String API = "monitoring.coreos.com/v1";
    private static final String KIND = "PrometheusRule";
    private static final String KEY = "k:";
    private static final String GROUP = RuleFile.groupName("");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps a copy of the labels. */
    public OperatorRules {
        labels = Map.copyOf(labels);
    }

    @Override
    public ObjectRef ref(Kinds kinds) throws IOException {
        try {
            return new ObjectRef(kinds.find(API, KIND), namespace, name);
        } catch (KubeException e) {
            if (e.kind() != KubeException.Kind.NOT_FOUND) {
                throw e;
            }
            throw new Rollover.RefusedException("The cluster has no kind " + KIND + " in " + API
                    + ". Install the Prometheus Operator there, or keep the rules in a ConfigMap.");
        }
    }

    @Override
    public List<RuleFile> ours(JsonNode live) throws IOException {
        byte[] spec = live.path("spec").toString().getBytes(StandardCharsets.UTF_8);
        List<RuleFile> files = new ArrayList<>();
        for (String group : groups(live)) {
            files.add(RuleReader.read(group.substring(GROUP.length()), spec, "groups"));
        }
        return files;
    }

    private static Set<String> groups(JsonNode live) throws IOException {
        Set<String> groups = new HashSet<>();
        Iterator<String> fields = RuleObject.applied(live)
                .orElse(MissingNode.getInstance())
                .path("f:spec")
                .path("f:groups")
                .fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (field.startsWith(KEY)) {
                String group = JSON.readTree(field.substring(KEY.length()))
                        .path("name")
                        .asText();
                if (group.startsWith(GROUP)) {
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    @Override
    public void check(JsonNode live, Collection<RuleFile> files) throws IOException {
        Set<String> ours = groups(live);
        long bytes = bytes(content(files));
        for (JsonNode group : live.at("/spec/groups")) {
            bytes += ours.contains(group.path("name").asText()) ? 0 : bytes(group);
        }
        if (bytes > LARGEST) {
            throw new Rollover.RefusedException(KIND + " " + namespace + "/" + name + " would hold " + bytes
                    + " bytes, and a Prometheus Operator takes " + LARGEST + ". Nothing was written. Give clusters a"
                    + " Prometheus and a " + KIND + " of their own, or set fewer thresholds.");
        }
    }

    private static long bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public ObjectNode content(Collection<RuleFile> files) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        texts(object.withObject("/metadata"), "labels", labels);
        ArrayNode groups = object.putObject("spec").putArray("groups");
        for (RuleFile each : files) {
            ArrayNode rules = groups.addObject()
                    .put("name", RuleFile.groupName(each.tenant()))
                    .putArray("rules");
            for (Recording recording : each.recordings()) {
                ObjectNode written =
                        rules.addObject().put("record", recording.record()).put("expr", recording.expr());
                texts(written, "labels", recording.labels());
            }
            for (AlertRule rule : each.rules()) {
                ObjectNode written =
                        rules.addObject().put("alert", rule.alert()).put("expr", rule.expr());
                if (!rule.lasting().isZero()) {
                    written.put("for", Expr.duration(rule.lasting()));
                }
                texts(written, "labels", rule.labels());
                texts(written, "annotations", rule.annotations());
            }
        }
        return object;
    }

    private static void texts(ObjectNode in, String field, Map<String, String> texts) {
        ObjectNode object = in.putObject(field);
        texts.forEach(object::put);
    }

    @Override
    public boolean goesWithTheLast(JsonNode live) throws IOException {
        // Its definition wants a spec, and applying nothing would leave it with none.
        Set<String> ours = groups(live);
        for (JsonNode group : live.at("/spec/groups")) {
            if (!ours.contains(group.path("name").asText())) {
                return false;
            }
        }
        return !ours.isEmpty();
    }

    @Override
    public boolean reloads() {
        return false;
    }

    @Override
    public String advice() {
        return "Check that ruleSelector of the Prometheus there chooses the labels " + labels
                + " and ruleNamespaceSelector the namespace " + namespace + ", and see the log of the operator.";
    }
}
