package io.jenkins.plugins.shera.terminal.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** An archive as an engine sends it; closing it ends the sending. */
public final class EngineArchive implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As Go has the kind of a file among its mode. */
    private static final long FOLDER = 1L << 31;

    private final EngineAnswer answer;
    private final JsonNode stat;

    EngineArchive(EngineAnswer answer) throws IOException {
        this.answer = answer;
        try {
            stat = JSON.readTree(new String(
                    Base64.getDecoder().decode(answer.header("X-Docker-Container-Path-Stat")), StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            answer.close();
            throw new IOException("the engine does not say what the path is", e);
        }
    }

    /** Where the path leads if it is a link, as a path from the root of the container; empty if it is none. */
    public String link() {
        return stat.path("linkTarget").asText("");
    }

    /** Whether it is of a folder. */
    public boolean isFolder() {
        return (stat.path("mode").asLong() & FOLDER) != 0;
    }

    /** All of it, as it comes. */
    public InputStream raw() throws IOException {
        return answer.body();
    }

    /** What is in it. */
    public TarReader tar() throws IOException {
        return tar(TarReader.Limits.USUAL);
    }

    /** The same within other limits. */
    public TarReader tar(TarReader.Limits limits) throws IOException {
        return new TarReader(new BufferedInputStream(answer.body(), 1 << 16), limits);
    }

    @Override
    public void close() {
        answer.close();
    }
}
