package io.jenkins.plugins.shera.demo.cluster;

import io.jenkins.plugins.shera.oci.target.ImagePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The sandbox as a whole: an API server, the controllers behind it, and the pods; closing it ends them all. */
public final class SandboxCluster implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(SandboxCluster.class.getName());

    private final ObjectStore store = new ObjectStore();
    private final Deployments deployments = new Deployments(store);
    private final Pods pods;
    private final ServiceProxies services;
    private final ApiServer server;
    private final String token;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox cluster");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts to answer.
     *
     * @param registry where images are pulled from, whatever host their name has
     * @param folder for unpacked images and the logs of pods
     * @param port 0 for any that is free
     * @param started told of every process of a pod
     */
    public SandboxCluster(ImagePlace registry, Path folder, int port, String token, Consumer<ProcessHandle> started)
            throws IOException {
        this.token = token;
        Path logs = Files.createDirectories(folder.resolve("logs"));
        pods = new Pods(store, new UnpackedImages(registry, folder.resolve("images")), logs, started);
        services = new ServiceProxies(store, pods);
        server = new ApiServer(store, port, token, pods::log);
        ticks.scheduleWithFixedDelay(this::tick, 0, 200, TimeUnit.MILLISECONDS);
    }

    /** Address of the API. */
    public String url() {
        return server.url();
    }

    /** How a client reaches it. */
    public String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: sandbox
                clusters:
                - name: sandbox
                  cluster: {server: "%s"}
                users:
                - name: sandbox
                  user: {token: "%s"}
                contexts:
                - name: sandbox
                  context: {cluster: sandbox, user: sandbox}
                """
                .formatted(url(), token);
    }

    private void tick() {
        try {
            deployments.reconcile();
            services.reconcile();
            pods.reconcile();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, "The sandbox cluster stumbled; it goes on", e);
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        server.close();
        services.closeAll();
        pods.stopAll();
    }
}
