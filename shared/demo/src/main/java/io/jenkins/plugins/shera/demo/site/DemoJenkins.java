package io.jenkins.plugins.shera.demo.site;

import io.jenkins.plugins.shera.demo.parts.Leftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The stand-in for Jenkins, in a process of its own so that its class path is Jenkins' and not the demo's. */
final class DemoJenkins implements AutoCloseable {
    static final String ADMINISTRATOR = "admin";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final List<String> FLAGS = List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Djava.awt.headless=true");

    private final Process process;
    private final String url;

    private DemoJenkins(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static DemoJenkins start(Options options, Path home, int port, String password, Path setup, Leftovers leftovers)
            throws IOException, InterruptedException {
        Path target = options.project().resolve("shared/demo/target");
        Files.createDirectories(home.resolve("plugins"));
        try (Stream<Path> files = Files.list(target.resolve("plugins"))) {
            for (Path hpi :
                    files.filter(file -> file.toString().endsWith(".hpi")).toList()) {
                Files.copy(
                        hpi, home.resolve("plugins").resolve(hpi.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(FLAGS);
        argv.addAll(List.of(
                "-cp",
                target.resolve("classes") + ":" + target.resolve("host-lib") + "/*",
                "io.jenkins.plugins.shera.demo.host.HostMain",
                home.toString(),
                String.valueOf(port),
                setup.toString()));
        Files.deleteIfExists(setup.resolve("url"));
        Path log = options.work().resolve("jenkins.log");
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DEMO_PASSWORD", password);
        Process process = builder.start();
        leftovers.remember(process.toHandle());
        return new DemoJenkins(process, awaitUrl(process, setup.resolve("url"), log));
    }

    private static String awaitUrl(Process process, Path file, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(file)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("The stand-in for Jenkins did not start; its log is " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return Files.readString(file);
    }

    /** Where its pages are, with a slash at the end. */
    String url() {
        return url;
    }

    /** The process it runs in. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
