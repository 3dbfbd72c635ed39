package io.jenkins.plugins.shera.kube.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns composed YAML into JSON, counting as it goes, so that an alias bomb ends before it grows. */
final class PlainValues extends SafeConstructor {

    private static final int MOST_VALUES = 200_000;
    private static final int DEEPEST = 100;
    private static final Set<Tag> ALLOWED =
            Set.of(Tag.STR, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL, Tag.MAP, Tag.SEQ, Tag.MERGE);

    private int values;
    private int depth;

    PlainValues(LoaderOptions limits) {
        super(limits);
    }

    JsonNode toJson(Node node) {
        if (++values > MOST_VALUES) {
            throw new Refused(
                    "more than " + MOST_VALUES + " values once its aliases are followed", node.getStartMark());
        }
        if (!ALLOWED.contains(node.getTag())) {
            throw new Refused("the tag " + node.getTag() + " is refused; write plain YAML", node.getStartMark());
        }
        if (++depth > DEEPEST) {
            throw new Refused("nested too deeply, or an alias that contains itself", node.getStartMark());
        }
        try {
            if (node instanceof MappingNode mapping) {
                return object(mapping);
            }
            if (node instanceof SequenceNode sequence) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                sequence.getValue().forEach(item -> array.add(toJson(item)));
                return array;
            }
            return scalar((ScalarNode) node);
        } finally {
            depth--;
        }
    }

    private ObjectNode object(MappingNode mapping) {
        // Merges "<<" and refuses a key that stands there twice.
        flattenMapping(mapping);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new Refused("a key must be a text", tuple.getKeyNode().getStartMark());
            }
            if (object.has(key.getValue())) {
                throw new Refused("found duplicate key " + key.getValue(), key.getStartMark());
            }
            object.set(key.getValue(), toJson(tuple.getValueNode()));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node.getTag().equals(Tag.STR) || node.getTag().equals(Tag.MERGE)) {
            return json.textNode(node.getValue());
        }
        if (node.getTag().equals(Tag.FLOAT)) {
            try {
                return json.numberNode(new BigDecimal(node.getValue().replace("_", "")));
            } catch (NumberFormatException e) {
                throw new Refused("'" + node.getValue() + "' is not a number", node.getStartMark());
            }
        }
        Object value = constructObject(node);
        if (value == null) {
            return json.nullNode();
        }
        if (value instanceof Boolean bool) {
            return json.booleanNode(bool);
        }
        if (value instanceof Integer number) {
            return json.numberNode(number);
        }
        if (value instanceof Long number) {
            return json.numberNode(number);
        }
        if (value instanceof BigInteger number) {
            return json.numberNode(number);
        }
        throw new Refused("this value is refused; write plain YAML", node.getStartMark());
    }

    /** A refusal of ours with its place in the text. */
    private static final class Refused extends MarkedYAMLException {
        private static final long serialVersionUID = 1;

        Refused(String why, Mark where) {
            super(null, null, why, where);
        }
    }
}
