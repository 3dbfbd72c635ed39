package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.demo.cluster.UnpackedImages.Unpacked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One pod as a process of this machine. It is told by {@code PORT} and {@code SERVER_PORT} where to listen, since all
 * pods share the machine's addresses.
 */
final class PodProcess {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final JsonNode pod;
    private final JsonNode container;
    private final Path log;
    private final Consumer<ProcessHandle> started;
    private final int port;
    private Process process;
    private String waiting = "ContainerCreating";
    private String message = "";
    private int restarts;
    private Integer lastExit;
    private Instant retryAt = Instant.EPOCH;
    private Instant startedAt = Instant.EPOCH;
    private boolean ready;

    PodProcess(JsonNode pod, Path logs, Consumer<ProcessHandle> started) throws IOException {
        this.pod = pod;
        this.started = started;
        this.container = pod.path("spec").path("containers").path(0);
        this.log = logs.resolve(Deployments.namespace(pod) + "_" + Deployments.name(pod) + ".log");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
        }
    }

    Path log() {
        return log;
    }

    int port() {
        return port;
    }

    /** Starts what should run and does not, and looks whether it is ready; called every tick. */
    void tick(UnpackedImages images, ObjectStore store) {
        if (process != null && !process.isAlive()) {
            lastExit = process.exitValue();
            process = null;
            ready = false;
            restarts++;
            waiting = "CrashLoopBackOff";
            message = "back-off restarting failed container";
            retryAt = Instant.now().plusSeconds(Math.min(10, 1L << Math.min(4, restarts)));
        }
        if (process == null && !Instant.now().isBefore(retryAt)) {
            start(images, store);
        }
        ready = process != null && isReady();
    }

    private void start(UnpackedImages images, ObjectStore store) {
        Unpacked image;
        try {
            image = images.get(container.path("image").asText());
        } catch (IOException | RuntimeException e) {
            waitFor(
                    "ImagePullBackOff",
                    "Back-off pulling image \"" + container.path("image").asText() + "\": " + e.getMessage());
            return;
        }
        try {
            Map<String, String> variables = new PodEnvironment(store, Deployments.namespace(pod)).of(container);
            process = launch(image, variables);
            started.accept(process.toHandle());
            startedAt = Instant.now();
            waiting = "";
        } catch (IOException e) {
            waitFor("CreateContainerError", String.valueOf(e.getMessage()));
        }
    }

    private void waitFor(String reason, String why) {
        waiting = reason;
        message = why;
        retryAt = Instant.now().plusSeconds(5);
    }

    private Process launch(Unpacked image, Map<String, String> variables) throws IOException {
        JsonNode config = image.config().container();
        List<String> argv = new ArrayList<>();
        boolean ownCommand = container.path("command").size() > 0;
        (ownCommand ? container.path("command") : config.path("Entrypoint")).forEach(word -> argv.add(word.asText()));
        boolean ownArguments = ownCommand || container.path("args").size() > 0;
        (ownArguments ? container.path("args") : config.path("Cmd")).forEach(word -> argv.add(word.asText()));
        if (argv.isEmpty()) {
            throw new IOException("the image has neither ENTRYPOINT nor CMD, and the pod gives no command");
        }
        argv.replaceAll(word -> inImage(image.root(), word));
        String directory = container.path("workingDir").asText(image.config().workingDir());
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(Path.of(inImage(image.root(), directory.isEmpty() ? "/" : directory))
                        .toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", image.root().resolve("usr/bin") + ":/usr/bin:/bin");
        image.config().environment().forEach((name, value) -> builder.environment()
                .put(name, inImage(image.root(), value)));
        builder.environment().putAll(variables);
        builder.environment().put("HOSTNAME", Deployments.name(pod));
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("SERVER_PORT", String.valueOf(port));
        return builder.start();
    }

    /** The process is not confined to the image's files, so a path of the image is made one of this machine. */
    private static String inImage(Path root, String word) {
        Path path = word.startsWith("/") ? root.resolve(word.substring(1)).normalize() : root;
        return word.startsWith("/") && path.startsWith(root) && Files.exists(path) ? path.toString() : word;
    }

    private boolean isReady() {
        if (container.path("ports").isEmpty()) {
            return Instant.now().isAfter(startedAt.plusSeconds(1));
        }
        JsonNode probe = container.path("readinessProbe").path("httpGet");
        if (!probe.isMissingNode()) {
            return answers(probe.path("path").asText("/"));
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean answers(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Writes what is so into the pod's status. */
    void report(ObjectNode edited) {
        ObjectNode status = edited.putObject("status");
        status.put("phase", process == null && restarts == 0 ? "Pending" : "Running");
        status.put("podIP", "127.0.0.1").put("hostIP", "127.0.0.1").put("startTime", startedAt.toString());
        String is = ready ? "True" : "False";
        status.putArray("conditions").addObject().put("type", "Ready").put("status", is);
        ObjectNode one = status.putArray("containerStatuses").addObject();
        one.put("name", container.path("name").asText())
                .put("image", container.path("image").asText());
        one.put("ready", ready).put("restartCount", restarts).put("started", process != null);
        if (process != null) {
            one.putObject("state").putObject("running").put("startedAt", startedAt.toString());
        } else {
            one.putObject("state").putObject("waiting").put("reason", waiting).put("message", message);
        }
        if (lastExit != null) {
            one.putObject("lastState")
                    .putObject("terminated")
                    .put("exitCode", lastExit)
                    .put("reason", "Error");
        }
    }

    boolean isReadyNow() {
        return ready;
    }

    /** Asks the process to end, and ends it after a while. */
    void stop() {
        if (process == null) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().orTimeout(3, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
    }
}
