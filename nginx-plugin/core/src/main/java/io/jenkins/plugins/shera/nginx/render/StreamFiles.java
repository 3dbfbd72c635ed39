package io.jenkins.plugins.shera.nginx.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Emitter;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of the streams, which have a folder and generations of their own: {@code streams.json}, the intent; {@code streams.conf}, what
 * nginx reads within {@code stream}; {@code version.conf}, by which the workers tell which streams they serve.
 */
public final class StreamFiles {
    /** The file whose fingerprint the workers tell. */
    public static final String PROOF = "streams.conf";

    private static final String INTENT = "streams.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private StreamFiles() {}

    /** Renders the set; the same streams give the same bytes. {@code versionPort} is of the loopback address. */
    public static SortedMap<String, byte[]> render(StreamSet streams, int versionPort) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        List<Directive> directives = new ArrayList<>();
        for (Stream stream : streams.streams()) {
            directives.add(upstream(stream));
            directives.add(server(stream));
        }
        files.put(PROOF, bytes(directives));
        try {
            files.put(INTENT, JSON.writeValueAsBytes(List.copyOf(streams.streams())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("streams hold only names and numbers", e);
        }
        Directive version = Directive.block(
                "server",
                List.of(),
                List.of(
                        Directive.of("listen", "127.0.0.1:" + versionPort),
                        Directive.of("return", Fingerprint.of(files.get(PROOF)))));
        files.put("version.conf", bytes(List.of(version)));
        return files;
    }

    /**
     * The streams that lie on a node; none where the intent file is missing.
     *
     * @throws IOException if the file is there and cannot be understood: then nothing may be written over it
     */
    public static StreamSet read(Map<String, byte[]> files) throws IOException {
        byte[] intent = files.get(INTENT);
        return StreamSet.of(intent == null ? List.of() : List.of(JSON.readValue(intent, Stream[].class)));
    }

    private static Directive upstream(Stream stream) {
        List<Directive> inner = new ArrayList<>();
        stream.members()
                .forEach(member -> inner.add(Directive.of("server", member.authority(), "weight=" + member.weight())));
        return Directive.block("upstream", List.of(upstreamName(stream)), inner);
    }

    private static Directive server(Stream stream) {
        List<Directive> inner = new ArrayList<>();
        String port = String.valueOf(stream.port());
        inner.add(stream.udp() ? Directive.of("listen", port, "udp") : Directive.of("listen", port));
        stream.deny().forEach(network -> inner.add(Directive.of("deny", network)));
        stream.allow().forEach(network -> inner.add(Directive.of("allow", network)));
        if (!stream.allow().isEmpty()) {
            inner.add(Directive.of("deny", "all"));
        }
        if (stream.connectSeconds() > 0) {
            inner.add(Directive.of("proxy_connect_timeout", stream.connectSeconds() + "s"));
        }
        if (stream.idleSeconds() > 0) {
            inner.add(Directive.of("proxy_timeout", stream.idleSeconds() + "s"));
        }
        inner.add(Directive.of("proxy_pass", upstreamName(stream)));
        return Directive.block("server", List.of(), inner);
    }

    private static String upstreamName(Stream stream) {
        return (stream.udp() ? "shera.udp." : "shera.tcp.") + stream.port() + "."
                + stream.owner().id();
    }

    private static byte[] bytes(List<Directive> directives) {
        return Emitter.emit(directives).getBytes(StandardCharsets.UTF_8);
    }
}
