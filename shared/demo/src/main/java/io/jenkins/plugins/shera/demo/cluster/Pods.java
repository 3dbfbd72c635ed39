package io.jenkins.plugins.shera.demo.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs a process for every pod in the store, and none for any other. */
final class Pods {
    private final ObjectStore store;
    private final UnpackedImages images;
    private final Path logs;
    private final Consumer<ProcessHandle> started;
    private final Map<String, PodProcess> running = new ConcurrentHashMap<>();

    Pods(ObjectStore store, UnpackedImages images, Path logs, Consumer<ProcessHandle> started) {
        this.store = store;
        this.images = images;
        this.logs = logs;
        this.started = started;
    }

    void reconcile() throws IOException {
        List<ObjectNode> wanted = store.ofKind("Pod");
        running.keySet().removeIf(path -> {
            boolean gone = wanted.stream().noneMatch(pod -> path(pod).equals(path));
            if (gone) {
                running.get(path).stop();
            }
            return gone;
        });
        for (ObjectNode pod : wanted) {
            PodProcess process = running.get(path(pod));
            if (process == null) {
                process = new PodProcess(pod, logs, started);
                running.put(path(pod), process);
            }
            process.tick(images, store);
            store.edit(path(pod), process::report);
        }
    }

    /** Ports of the ready pods that the selector chooses. */
    List<Integer> readyPorts(String namespace, JsonNode selector) {
        return store.list(ApiPath.pods(namespace)).stream()
                .filter(pod -> Selectors.labels(pod, selector))
                .map(pod -> running.get(path(pod)))
                .filter(process -> process != null && process.isReadyNow())
                .map(PodProcess::port)
                .toList();
    }

    /** The last lines a pod printed; empty for an unknown one. */
    String log(String path, int lines) {
        PodProcess process = running.get(path);
        try {
            if (process == null || !Files.exists(process.log())) {
                return "";
            }
            List<String> all = Files.readAllLines(process.log());
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stopAll() {
        running.values().forEach(PodProcess::stop);
    }

    private static String path(JsonNode pod) {
        return ApiPath.pods(Deployments.namespace(pod)) + "/" + Deployments.name(pod);
    }
}
