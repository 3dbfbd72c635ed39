package io.jenkins.plugins.shera.nginx.intent;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole document of Jenkins for one nginx cluster: all of its routes, all of its weights, or all of its streams.
 *
 * @param cluster id of the nginx cluster
 * @param generation counts up with every change of the document; each kind counts apart
 * @param objects which objects of Kubernetes are served beside the routes; null for none
 */
public record Intent(
        Kind kind,
        String cluster,
        long generation,
        List<IntendedRoute> routes,
        List<IntendedWeight> weights,
        @JsonInclude(JsonInclude.Include.NON_NULL) WatchedObjects objects,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<IntendedStream> streams) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Pattern TAG = Pattern.compile("([1-9][0-9]{0,17})-[0-9a-f]{64}");

    /** What a document holds. */
    public enum Kind {
        /** Routes. */
        ROUTES,
        /** Weights of canaries. */
        WEIGHTS,
        /** TCP and UDP ports. */
        STREAMS;

        /** As it is written in addresses and file names. */
        public String word() {
            return switch (this) {
                case ROUTES -> "routes";
                case WEIGHTS -> "weights";
                case STREAMS -> "streams";
            };
        }

        /** The kind that is written so. */
        public static Optional<Kind> ofWord(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /** A document of before there were streams has none. */
    public Intent {
        streams = streams == null ? List.of() : List.copyOf(streams);
    }

    /** Routes alone. */
    public static Intent ofRoutes(String cluster, long generation, List<IntendedRoute> routes) {
        return new Intent(Kind.ROUTES, cluster, generation, List.copyOf(routes), List.of(), null, List.of());
    }

    /** Weights alone. */
    public static Intent ofWeights(String cluster, long generation, List<IntendedWeight> weights) {
        return new Intent(Kind.WEIGHTS, cluster, generation, List.of(), List.copyOf(weights), null, List.of());
    }

    /** Streams alone. */
    public static Intent ofStreams(String cluster, long generation, List<IntendedStream> streams) {
        return new Intent(Kind.STREAMS, cluster, generation, List.of(), List.of(), null, streams);
    }

    /** A document that asks for nothing. */
    public static Intent none(Kind kind, String cluster) {
        return new Intent(kind, cluster, 0, List.of(), List.of(), null, List.of());
    }

    /** The same with these objects of Kubernetes beside its routes; null for none. */
    public Intent watching(WatchedObjects wanted) {
        return new Intent(kind, cluster, generation, routes, weights, wanted, streams);
    }

    /** As UTF-8 JSON, which is what gets signed. */
    public byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document holds only names and numbers", e);
        }
    }

    /** Generation and SHA-256 of the document: two documents with the same tag are the same. */
    public String tag() {
        return generation + "-" + Fingerprint.of(bytes());
    }

    /** The generation in a {@link #tag}; 0 for anything that is none. */
    public static long generationOf(String tag) {
        Matcher parts = TAG.matcher(tag == null ? "" : tag);
        return parts.matches() ? Long.parseLong(parts.group(1)) : 0;
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException if it is anything else
     */
    public static Intent parse(byte[] bytes) throws IOException {
        Intent intent = JSON.readValue(bytes, Intent.class);
        if (intent == null
                || intent.kind == null
                || intent.cluster == null
                || intent.generation < 1
                || intent.routes == null
                || intent.weights == null) {
            throw new IOException("The document lacks its kind, cluster, generation, routes or weights.");
        }
        return intent;
    }
}
