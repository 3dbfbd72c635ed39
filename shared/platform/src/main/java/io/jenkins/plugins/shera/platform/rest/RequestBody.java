package io.jenkins.plugins.shera.platform.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a request's body as one JSON object, from JSON or from a form, and not a byte more than allowed. */
public final class RequestBody {

    static final int LIMIT = 1 << 20;

    private static final int DEEPEST = 5;

    /** What Jenkins' own forms send along. */
    private static final Set<String> NOT_OURS = Set.of("Jenkins-Crumb", ".crumb", "json", "Submit");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxDocumentLength(LIMIT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestBody() {}

    /** The fields of one JSON object that comes from elsewhere than a request, such as the standard input of a command. */
    public static Fields read(InputStream in) throws IOException {
        return new Fields(json(bytes(in, LIMIT)), "");
    }

    /** The same as one JSON object, for who puts more into it before it is read field by field. */
    public static ObjectNode object(InputStream in) throws IOException {
        if (json(bytes(in, LIMIT)) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.input("", Messages.Fields_object(), Messages.Fields_object_next());
    }

    static JsonNode read(HttpServletRequest request) throws IOException {
        String type =
                request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
        if (request.getContentLengthLong() > LIMIT) {
            throw tooLarge();
        }
        if (type.startsWith("application/json")) {
            return json(bytes(request, LIMIT));
        }
        if (type.isEmpty() || type.startsWith("application/x-www-form-urlencoded")) {
            return form(request.getParameterMap());
        }
        throw new Refusal(
                Refusal.Kind.SYNTAX,
                Messages.Refusal_nothingChanged(),
                "",
                Messages.RequestBody_type(),
                Messages.RequestBody_syntax_next());
    }

    /** The whole body, refused when longer than {@code limit} bytes. */
    static byte[] bytes(HttpServletRequest request, int limit) throws IOException {
        return bytes(request.getInputStream(), limit);
    }

    private static byte[] bytes(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw tooLarge();
        }
        return bytes;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : Messages.RequestBody_place(
                            e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw syntax(place);
        }
    }

    private static JsonNode form(Map<String, String[]> parameters) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, values) -> {
            if (!NOT_OURS.contains(name)) {
                put(root, name.split("\\.", DEEPEST + 1), values);
            }
        });
        return root;
    }

    private static void put(ObjectNode root, String[] path, String[] values) {
        ObjectNode parent = root;
        for (int i = 0; i < path.length - 1; i++) {
            JsonNode child = parent.get(path[i]);
            if (child != null && !child.isObject() || path.length > DEEPEST) {
                throw syntax(String.join(".", path));
            }
            parent = child == null ? parent.putObject(path[i]) : (ObjectNode) child;
        }
        String last = path[path.length - 1];
        if (values.length == 1) {
            parent.put(last, values[0]);
        } else {
            ArrayNode list = parent.putArray(last);
            for (String value : values) {
                list.add(value);
            }
        }
    }

    private static Refusal syntax(String place) {
        return new Refusal(
                Refusal.Kind.SYNTAX,
                Messages.Refusal_nothingChanged(),
                place,
                Messages.RequestBody_syntax(),
                Messages.RequestBody_syntax_next());
    }

    private static Refusal tooLarge() {
        return new Refusal(
                Refusal.Kind.TOO_LARGE,
                Messages.Refusal_nothingChanged(),
                "",
                Messages.RequestBody_large(LIMIT),
                Messages.RequestBody_large_next());
    }
}
