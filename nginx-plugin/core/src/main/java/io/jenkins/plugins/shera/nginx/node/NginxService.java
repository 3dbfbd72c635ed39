package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The nginx program as it tests, takes and proves a set of files. */
final class NginxService implements Rollover.Service {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(15);

    /** The master lets old and new workers accept side by side for 100 ms; only answers that stay new for longer count. */
    private static final Duration OVERLAP = Duration.ofMillis(500);

    private final NginxInstallation nginx;
    private final ReleaseFolder folder;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    NginxService(NginxInstallation nginx, ReleaseFolder folder) {
        this.nginx = nginx;
        this.folder = folder;
    }

    /** Tests a copy of the main configuration that includes the candidate; the copy stands beside it for relative includes. */
    @Override
    public void test(Release candidate) throws IOException, InterruptedException {
        String main = Files.readString(nginx.mainConfig());
        String included = folder.currentLink() + "/*.conf";
        if (!main.contains(included)) {
            throw new RefusedException("nginx would not read our files: " + nginx.mainConfig()
                    + " does not include them. Add the line 'include " + included
                    + ";' to its http block, then publish again.");
        }
        Path copy = nginx.mainConfig().resolveSibling(".shera-test-" + candidate.generation() + ".conf");
        try {
            Files.writeString(copy, main.replace(included, candidate.folder() + "/*.conf"));
            Command.Result result = run("-t", "-q", "-c", copy.toString());
            if (!result.succeeded()) {
                throw new RefusedException("nginx refused the configuration, and the earlier one stays in force: "
                        + readable(result.output(), candidate, copy));
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    @Override
    public void reload() throws IOException, InterruptedException {
        Command.Result result = run("-s", "reload", "-c", nginx.mainConfig().toString());
        if (!result.succeeded()) {
            throw new RefusedException("nginx could not be told to reload; is it running with " + nginx.mainConfig()
                    + "? It said: " + result.output().strip());
        }
    }

    @Override
    public void prove(Release current) throws IOException, InterruptedException {
        String expected = RouteFiles.fingerprint(
                Map.of("routes.conf", Files.readAllBytes(current.folder().resolve("routes.conf"))));
        long end = System.nanoTime() + PROOF_LIMIT.toNanos();
        String last = "no answer";
        long newSince = Long.MAX_VALUE;
        while (System.nanoTime() < end) {
            last = served();
            if (!last.equals(expected)) {
                newSince = Long.MAX_VALUE;
            } else if (newSince == Long.MAX_VALUE) {
                newSince = System.nanoTime();
            } else if (System.nanoTime() - newSince > OVERLAP.toNanos()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new RefusedException("nginx accepted the configuration, but after " + PROOF_LIMIT.toSeconds()
                + " s its workers do not serve it: http://127.0.0.1:" + nginx.versionPort() + "/ said '" + last
                + "'. Look into its error log; the earlier configuration was put back.");
    }

    private String served() throws InterruptedException {
        URI version = URI.create("http://127.0.0.1:" + nginx.versionPort() + "/");
        try {
            HttpRequest request = HttpRequest.newBuilder(version)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            String body = http.send(request, BodyHandlers.ofString()).body().strip();
            return body.substring(0, Math.min(body.length(), 100));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private Command.Result run(String... arguments) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of(nginx.binary().toString()));
        argv.addAll(List.of(arguments));
        return Command.run(argv, nginx.folder(), COMMAND_LIMIT);
    }

    private static String readable(String output, Release candidate, Path copy) {
        return output.replace(candidate.folder().toString() + "/", "")
                .replace(copy.toString(), "nginx.conf")
                .strip();
    }
}
