package io.jenkins.plugins.shera.oci.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Reads and writes the JSON of images: bounded depth, no key twice, and one way only to write a tree. */
public final class Json {
    private static final ObjectMapper MAPPER = mapper(2_000_000);
    private static final ObjectMapper LARGE = mapper(64_000_000);

    private Json() {}

    private static ObjectMapper mapper(int longestText) {
        return new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(64)
                                .maxStringLength(longestText)
                                .build())
                        .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
    }

    /** Reads one object; {@code what} names it in the message when it is none. */
    public static ObjectNode read(byte[] text, String what) throws IOException {
        return read(MAPPER, text, what);
    }

    /** Reads one object that may hold a text of some ten million characters, such as a signed document. */
    public static ObjectNode readLarge(byte[] text, String what) throws IOException {
        return read(LARGE, text, what);
    }

    private static ObjectNode read(ObjectMapper mapper, byte[] text, String what) throws IOException {
        try {
            if (mapper.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new IOException("The " + what + " is not valid JSON: " + firstLine(e), e);
        }
        throw new IOException("The " + what + " is not a JSON object.");
    }

    /** The bytes of the tree, keys in the order they were put. */
    public static byte[] write(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
