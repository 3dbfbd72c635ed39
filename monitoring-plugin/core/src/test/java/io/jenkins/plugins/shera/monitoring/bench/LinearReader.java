package io.jenkins.plugins.shera.monitoring.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What the kubelet does, in Java: from the first line on, each one is parsed and dropped until one is not before {@code since}; from
 * then on all are given. It knows no {@code until}; to be fair to it, reading stops at the first line past the end.
 */
final class LinearReader {

    private static final ObjectReader RECORD = new ObjectMapper().readerFor(JsonNode.class);

    private LinearReader() {}

    static void read(Path file, Instant since, Instant until, OutputStream out) throws IOException {
        boolean within = false;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode record = RECORD.readTree(line);
                Instant time = Instant.parse(record.path("time").textValue());
                within |= !time.isBefore(since);
                if (time.isAfter(until)) {
                    return;
                }
                if (within) {
                    out.write(record.path("log").textValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
