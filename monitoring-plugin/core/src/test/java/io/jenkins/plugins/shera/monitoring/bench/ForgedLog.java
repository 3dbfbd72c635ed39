package io.jenkins.plugins.shera.monitoring.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A log of docker's json-file driver, 1,000 lines a second in the order of their times, of about 185 bytes each. */
record ForgedLog(Path file, Instant begin, long lines) {

    private static final long STEP_NANOS = 1_000_000;

    static ForgedLog write(Path file, long bytes) throws IOException {
        Instant begin = Instant.parse("2026-01-02T03:04:05Z");
        StringBuilder line = new StringBuilder(256);
        long written = 0;
        long count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (written < bytes) {
                line.setLength(0);
                line.append("{\"log\":\"10.0.").append(count % 250).append('.').append(count % 199);
                line.append(" GET /shop/items/").append(count).append("?page=").append(count % 17);
                line.append(" 200 ").append(count * 31 % 9973).append(" \\\"Mozilla/5.0 (X11; Linux x86_64)\\\" 0.0");
                line.append(count % 97).append("\\n\",\"stream\":\"stdout\",\"time\":\"");
                String time = begin.plusNanos(count * STEP_NANOS + 1).toString();
                line.append(time).append("\"}\n");
                byte[] one = line.toString().getBytes(StandardCharsets.US_ASCII);
                out.write(one);
                written += one.length;
                count++;
            }
        }
        return new ForgedLog(file, begin, count);
    }

    /** The time of a line. */
    Instant at(long line) {
        return begin.plusNanos(line * STEP_NANOS + 1);
    }
}
