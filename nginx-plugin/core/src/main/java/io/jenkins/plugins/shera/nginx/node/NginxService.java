package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.language.Directive;
import io.jenkins.plugins.shera.nginx.language.Emitter;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import io.jenkins.plugins.shera.nodes.Command;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** The nginx program as it tests, takes and proves a set of files. */
final class NginxService implements Rollover.Service {
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
    private static final Duration PROOF_LIMIT = Duration.ofSeconds(15);

    /** The master lets old and new workers accept side by side for 100 ms; only answers that stay new for longer count. */
    private static final Duration OVERLAP = Duration.ofMillis(500);

    private final NginxInstallation nginx;
    private final Lane lane;
    private ErrorLog log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * Files that change on their own.
     *
     * @param endpoint path of the version server where the workers tell what they serve of it; empty for streams, which tell it
     *     at a port of their own
     * @param proof name of the file whose fingerprint that is
     * @param whole what nginx would read if it read this candidate: patterns of absolute paths
     */
    record Lane(String endpoint, String proof, Function<Release, List<String>> whole) {
        boolean isStream() {
            return endpoint.isEmpty();
        }
    }

    NginxService(NginxInstallation nginx, Lane lane) {
        this.nginx = nginx;
        this.lane = lane;
    }

    /** Tests a copy of the main configuration that includes the candidate; the copy stands beside it for relative includes. */
    @Override
    public void test(Release candidate) throws IOException, InterruptedException {
        String main = Files.readString(nginx.mainConfig());
        String included = included();
        if (!main.contains(included)) {
            throw new RefusedException("nginx would not read our files: " + nginx.mainConfig()
                    + " does not include them. " + missing(included));
        }
        String beside = ".shera-test-" + lane.proof() + "-" + candidate.generation();
        Path copy = nginx.mainConfig().resolveSibling(beside + ".conf");
        Path includes = nginx.mainConfig().resolveSibling(beside + ".includes");
        try {
            List<String> whole = lane.whole().apply(candidate);
            if (whole.size() > 1) {
                Files.writeString(
                        includes,
                        Emitter.emit(whole.stream()
                                .map(pattern -> Directive.of("include", pattern))
                                .toList()));
            }
            String instead = whole.size() > 1 ? includes.toAbsolutePath().toString() : whole.get(0);
            Files.writeString(copy, main.replace(included, instead));
            Command.Result result = run("-t", "-q", "-c", copy.toString());
            if (!result.succeeded()) {
                throw new RefusedException("nginx refused the configuration, and the earlier one stays in force: "
                        + readable(result.output(), candidate, copy));
            }
        } finally {
            Files.deleteIfExists(copy);
            Files.deleteIfExists(includes);
        }
    }

    private String included() {
        Path folder = nginx.folder().toAbsolutePath().normalize();
        return (lane.isStream() ? folder.resolve("streams") : folder).resolve(ReleaseFolder.CURRENT) + "/*.conf";
    }

    private String missing(String included) {
        return lane.isStream()
                ? "Add 'stream { include " + included + "; }' beside its http block, and before it 'load_module"
                        + " modules/ngx_stream_module.so;' where nginx has streams as a module (Debian:"
                        + " libnginx-mod-stream), then publish again."
                : "Add the line 'include " + included + ";' to its http block, then publish again.";
    }

    @Override
    public void reload() throws IOException, InterruptedException {
        log = ErrorLog.since(nginx.mainConfig());
        Optional<String> master = NginxMaster.find(nginx.mainConfig());
        // nginx -s reads all of the configuration only to learn the number.
        Command.Result result = master.isPresent()
                ? Command.run(List.of("kill", "-HUP", master.get()), nginx.folder(), COMMAND_LIMIT)
                : run("-s", "reload", "-c", nginx.mainConfig().toString());
        if (!result.succeeded()) {
            throw new RefusedException("nginx could not be told to reload; is it running with " + nginx.mainConfig()
                    + "? It said: " + result.output().strip());
        }
    }

    @Override
    public void prove(Release current) throws IOException, InterruptedException {
        String expected = Fingerprint.of(Files.readAllBytes(current.folder().resolve(lane.proof())));
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
        List<String> failures = log == null ? List.of() : log.failures();
        throw new RefusedException("nginx accepted the configuration, but after " + PROOF_LIMIT.toSeconds()
                + " s its workers do not serve it: " + version() + " "
                + (last.equals(expected) ? "told it for less than " + OVERLAP.toMillis() + " ms" : seen(last, current))
                + ". "
                + (failures.isEmpty()
                        ? "Look into its error log"
                        : "Its error log says: " + String.join("; ", failures))
                + "; the earlier configuration was put back.");
    }

    /** What the workers told in place of what was expected. */
    private String seen(String told, Release current) throws IOException {
        if (!told.matches("[0-9a-f]{64}")) {
            return told.isEmpty() ? "told nothing" : "told no configuration of ours: " + told;
        }
        // Beside it lie the earlier ones.
        try (Stream<Path> all = Files.list(current.folder().resolveSibling("."))) {
            for (Path release : all.toList()) {
                Path proof = release.resolve(lane.proof());
                if (Files.isRegularFile(proof)
                        && Fingerprint.of(Files.readAllBytes(proof)).equals(told)) {
                    String name = release.normalize().toString();
                    return "still told generation "
                            + name.substring(name.lastIndexOf('/') + 1).replaceFirst("-.*", "");
                }
            }
        }
        return "told a configuration that is not on this node any more";
    }

    /** Why there was no answer, in words: the client itself says nothing of a refused connection. */
    static String why(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing listens there";
        }
        if (e instanceof HttpTimeoutException || e instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private URI version() {
        return URI.create(
                lane.isStream()
                        ? "tcp://127.0.0.1:" + nginx.streamPort()
                        : "http://127.0.0.1:" + nginx.versionPort() + lane.endpoint());
    }

    /** Whether the workers tell the fingerprint of this content; null is never served. */
    boolean serves(byte[] proof) throws InterruptedException {
        return proof != null && Fingerprint.of(proof).equals(served());
    }

    /** What the workers tell now, or why they do not. */
    private String served() throws InterruptedException {
        try {
            if (lane.isStream()) {
                return servedStreams();
            }
            HttpRequest request = HttpRequest.newBuilder(version())
                    .timeout(Duration.ofSeconds(2))
                    .build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return "status " + answer.statusCode();
            }
            String body = answer.body().strip();
            return body.substring(0, Math.min(body.length(), 100));
        } catch (IOException e) {
            return why(e);
        }
    }

    private String servedStreams() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(2000);
            socket.connect(new InetSocketAddress("127.0.0.1", nginx.streamPort()), 2000);
            return new String(socket.getInputStream().readNBytes(100), StandardCharsets.US_ASCII).strip();
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
