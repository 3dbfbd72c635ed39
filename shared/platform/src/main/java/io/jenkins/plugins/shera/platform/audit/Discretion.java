package io.jenkins.plugins.shera.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of a text what may be a secret, by the names of fields and by the shape of values. */
final class Discretion {

    static final String MASK = "****";

    private static final int LONGEST = 32 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(passw|passphrase|secret|token|private.?key|api.?key|access.?key|authorization|kubeconfig).*");
    private static final Pattern PRIVATE_KEY = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", Pattern.DOTALL);
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");
    private static final Pattern BEARER = Pattern.compile("(?i)(?<=bearer |basic )[A-Za-z0-9._~+/=-]{8,}");

    private Discretion() {}

    /** A JSON text with secrets masked; what is no JSON is treated as plain text, null stays null. */
    static String ofJson(String json) {
        if (json == null) {
            return null;
        }
        if (json.length() > LONGEST) {
            return "\"" + json.length() + " characters, too long to keep\"";
        }
        try {
            return JSON.writeValueAsString(masked(JSON.readTree(json)));
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(ofText(json)).toString();
        }
    }

    /** A plain text with what has the shape of a secret masked. */
    static String ofText(String text) {
        String masked = PRIVATE_KEY.matcher(text).replaceAll(MASK);
        masked = USER_INFO.matcher(masked).replaceAll(MASK);
        return BEARER.matcher(masked).replaceAll(MASK);
    }

    private static JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean namedPair = object.path("name").isTextual()
                    && SECRET_NAME.matcher(object.path("name").asText()).matches();
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                boolean reference = name.endsWith("credentialsId") || name.endsWith("CredentialsId");
                boolean secret = SECRET_NAME.matcher(name).matches() || namedPair && name.equals("value");
                object.set(name, secret && !reference ? TextNode.valueOf(MASK) : masked(object.get(name)));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i)));
            }
            return array;
        }
        return node.isTextual() ? TextNode.valueOf(ofText(node.asText())) : node;
    }
}
