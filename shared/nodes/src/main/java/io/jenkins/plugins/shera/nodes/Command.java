package io.jenkins.plugins.shera.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program by argument vector, never through a shell, with a time limit and a bounded memory of what it printed. */
public final class Command {
    private static final int KEPT_OUTPUT = 64 * 1024;

    private Command() {}

    /** What a program said: its exit code, and the first 64 KiB of standard output and error together. */
    public record Result(int exitCode, String output) {
        /** Whether the program itself said that it succeeded. */
        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs the program and waits for it.
     *
     * @throws IOException if it cannot be started, or was ended because the limit ran out
     */
    public static Result run(List<String> argv, Path directory, Duration limit)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> firstOf(process.getInputStream()));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("'" + argv.get(0) + "' was ended: it had not finished after " + limit.toSeconds()
                        + " s. Look whether it waits for something, then try again.");
            }
            // A daemon that the program left behind may hold the pipe open: what was printed by then is all we want.
            return new Result(process.exitValue(), output.get(2, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return new Result(process.exitValue(), "");
        } catch (ExecutionException e) {
            throw new IOException("Could not read what '" + argv.get(0) + "' printed", e.getCause());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads to the end, so that the program never blocks on a full pipe, and keeps only the beginning. */
    private static String firstOf(InputStream stream) {
        try (stream) {
            byte[] kept = stream.readNBytes(KEPT_OUTPUT);
            stream.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
