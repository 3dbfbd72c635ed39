package io.jenkins.plugins.shera.nginx.edits;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/**
 * The edits of a generated file, as {@code edits.json} beside it: those that were adopted belong to what is intended; those that were only
 * found by a later change, which did not want to eat them, stay and stay drift.
 *
 * @param adopted made of what is generated; null for none
 * @param kept made of what is intended; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Edits(@JsonProperty("adopted") Layer adopted, @JsonProperty("kept") Layer kept) implements Serializable {
    /** No edit at all. */
    public static final Edits NONE = new Edits(null, null);

    /** Where they lie. */
    public static final String FILE = "edits.json";

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Those that lie on a node.
     *
     * @throws IOException if the file is there and cannot be understood: then nothing may be written over it
     */
    public static Edits read(Map<String, byte[]> files) throws IOException {
        byte[] found = files.get(FILE);
        return found == null ? NONE : JSON.readValue(found, Edits.class);
    }

    /** The content of the file. */
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("edits hold only text", e);
        }
    }

    /** Whether there is nothing to keep. */
    @JsonIgnore
    public boolean isNone() {
        return adopted == null && kept == null;
    }

    /** The same edits made to what is generated now. */
    public Edits over(String generated) throws ConflictException {
        Layer now = adopted == null ? null : adopted.over(generated);
        Layer rest = kept == null ? null : kept.over(now == null ? generated : now.text());
        return new Edits(now, rest);
    }

    /** These and what a hand made of all of it since; {@code generated} is what they were made to. */
    public Edits withHand(String generated, String found) {
        String intended = intended(generated);
        return new Edits(adopted, found.equals(intended) ? null : new Layer(intended, found));
    }

    /** These with this edit, made to what is generated now, as what is intended from now on. */
    public Edits adopting(Layer edit, String generated) throws ConflictException {
        Layer here = edit.text().equals(edit.base()) ? null : edit.over(generated);
        return new Edits(here, kept);
    }

    /** The adopted ones alone. */
    public Edits withoutKept() {
        return new Edits(adopted, null);
    }

    /** What is to lie on the node; {@code generated} is what they were made to. */
    public String intended(String generated) {
        return adopted == null ? generated : adopted.text();
    }

    /** What was put on the node; {@code generated} is what they were made to. */
    public String lying(String generated) {
        return kept == null ? intended(generated) : kept.text();
    }
}
