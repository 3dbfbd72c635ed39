package io.jenkins.plugins.shera.platform.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Serves the built pages over fixed answers, by the same server that is used to work on them; stops with the tests. */
final class FixtureHost implements BeforeAllCallback {

    private String root;

    @Override
    public void beforeAll(ExtensionContext context) {
        root = context.getRoot()
                .getStore(ExtensionContext.Namespace.create(FixtureHost.class))
                .computeIfAbsent(Server.class, key -> new Server(), Server.class)
                .root;
    }

    /** The address of the console, with a trailing slash. */
    String root() {
        return root;
    }

    private static final class Server implements AutoCloseable {

        private final Process process;
        private final String root;

        Server() {
            try {
                process = new ProcessBuilder("node", "src/main/frontend/build.mjs", "--module", ".", "--serve", "0")
                        .redirectErrorStream(true)
                        .start();
                BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
                String line = said.readLine();
                if (line == null || !line.startsWith("http://127.0.0.1:")) {
                    throw new IOException("The server of the fixtures did not start: " + line);
                }
                root = line;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
