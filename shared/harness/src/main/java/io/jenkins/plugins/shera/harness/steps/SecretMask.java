package io.jenkins.plugins.shera.harness.steps;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes **** for each secret, line by line; of a secret of several lines each line is hidden. */
final class SecretMask extends ConsoleLogFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Secret> secrets = new ArrayList<>();

    SecretMask(Collection<String> values) {
        List<String> lines = new ArrayList<>();
        values.forEach(value -> value.lines().map(String::strip).forEach(lines::add));
        lines.removeIf(String::isEmpty);
        lines.sort(Comparator.comparingInt(String::length).reversed());
        lines.forEach(line -> secrets.add(Secret.fromString(line)));
    }

    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new Masked(logger);
    }

    private String mask(String line) {
        String masked = line;
        for (Secret secret : secrets) {
            masked = masked.replace(secret.getPlainText(), "****");
        }
        return masked;
    }

    private final class Masked extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Masked(OutputStream out) {
            this.out = out;
        }

        @Override
        public synchronized void write(int b) throws IOException {
            line.write(b);
            if (b == '\n') {
                send();
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
            for (int i = offset; i < offset + count; i++) {
                write(bytes[i]);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            send();
            out.close();
        }

        private void send() throws IOException {
            if (line.size() > 0) {
                out.write(mask(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
                line.reset();
            }
        }
    }
}
