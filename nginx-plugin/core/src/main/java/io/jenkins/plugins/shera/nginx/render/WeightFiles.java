package io.jenkins.plugins.shera.nginx.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Directive.Entry;
import io.jenkins.plugins.shera.nginx.language.Emitter;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.model.WeightSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of the weights, which have a folder and generations of their own beside those of the routes:
 * {@code weights.json}, the intent; {@code weights.conf}, what nginx reads; {@code version.conf}, by which the workers
 * tell which weights they serve.
 */
public final class WeightFiles {
    /** The file whose fingerprint the workers tell. */
    public static final String PROOF = "weights.conf";

    private static final String INTENT = "weights.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private WeightFiles() {}

    /** Renders the set; the same weights give the same bytes. */
    public static SortedMap<String, byte[]> render(WeightSet weights) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(PROOF, bytes(Splits.of(weights)));
        try {
            files.put(INTENT, JSON.writeValueAsBytes(List.copyOf(weights.weights())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("weights hold only names and numbers", e);
        }
        files.put("version.conf", bytes(List.of(version(Fingerprint.of(files.get(PROOF))))));
        return files;
    }

    /**
     * The weights that lie on a node; none where the intent file is missing.
     *
     * @throws IOException if the file is there and cannot be understood: then nothing may be written over it
     */
    public static WeightSet read(Map<String, byte[]> files) throws IOException {
        byte[] intent = files.get(INTENT);
        return WeightSet.of(intent == null ? List.of() : List.of(JSON.readValue(intent, Weight[].class)));
    }

    private static Directive version(String fingerprint) {
        return Directive.mapOf("$host", "$shera_weights", List.of(Entry.of("default", fingerprint)));
    }

    private static byte[] bytes(List<Directive> directives) {
        return Emitter.emit(directives).getBytes(StandardCharsets.UTF_8);
    }
}
