package io.jenkins.plugins.shera.deploy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What the controllers of a cluster would do: pods and status of Deployments, EndpointSlices of Services. */
final class Controllers {

    private static final long POD_MILLIS = 500;

    private final Objects objects;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "controllers");
        thread.setDaemon(true);
        return thread;
    });

    Controllers(Objects objects) {
        this.objects = objects;
    }

    void changed(String collection, ObjectNode object, boolean asked) {
        String name = name(object);
        if (asked && collection.endsWith("/deployments")) {
            later.schedule(() -> reconcile(collection, name), POD_MILLIS, TimeUnit.MILLISECONDS);
        } else if (asked && collection.endsWith("/services")) {
            later.execute(() -> slice(collection, name));
        }
    }

    void removed(String collection, ObjectNode object) {
        if (collection.endsWith("/deployments")) {
            later.execute(() -> {
                synchronized (objects) {
                    pods(collection, name(object)).forEach(pod -> objects.remove(podsOf(collection), pod));
                    slices(collection);
                }
            });
        }
    }

    private void reconcile(String collection, String name) {
        synchronized (objects) {
            ObjectNode live = objects.all(collection).get(name);
            if (live == null) {
                return;
            }
            int wanted = live.path("spec").path("replicas").asInt(1);
            String hash = Integer.toHexString(live.path("spec").path("template").hashCode());
            List<String> fresh = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                fresh.add(name + "-" + hash + "-" + i);
            }
            List<String> old = pods(collection, name);
            fresh.stream().filter(each -> !old.contains(each)).forEach(each -> pod(collection, live, each));
            old.stream()
                    .filter(each -> !fresh.contains(each))
                    .forEach(each -> objects.remove(podsOf(collection), each));
            ObjectNode next = live.deepCopy();
            next.putObject("status")
                    .put(
                            "observedGeneration",
                            live.path("metadata").path("generation").asLong())
                    .put("replicas", wanted)
                    .put("updatedReplicas", wanted)
                    .put("readyReplicas", wanted)
                    .put("availableReplicas", wanted);
            objects.put(collection, name, next, false);
            slices(collection);
        }
    }

    private void pod(String collection, ObjectNode owner, String name) {
        ObjectNode pod =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.set(
                "labels",
                owner.path("spec")
                        .path("template")
                        .path("metadata")
                        .path("labels")
                        .deepCopy());
        pod.set("spec", owner.path("spec").path("template").path("spec").deepCopy());
        ObjectNode status = pod.putObject("status").put("phase", "Running");
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        objects.put(podsOf(collection), name, pod, false);
    }

    private List<String> pods(String collection, String deployment) {
        String start = deployment + "-";
        return objects.all(podsOf(collection)).keySet().stream()
                .filter(each ->
                        each.startsWith(start) && each.substring(start.length()).matches("-?[0-9a-f]+-[0-9]+"))
                .toList();
    }

    private void slices(String collection) {
        String services = namespace(collection, "/api/v1") + "/services";
        List.copyOf(objects.all(services).keySet()).forEach(each -> slice(services, each));
    }

    private void slice(String services, String name) {
        synchronized (objects) {
            ObjectNode service = objects.all(services).get(name);
            if (service == null) {
                return;
            }
            ObjectNode slice = JsonNodeFactory.instance.objectNode();
            slice.put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
            slice.putObject("metadata").putObject("labels").put("kubernetes.io/service-name", name);
            JsonNode selector = service.path("spec").path("selector");
            for (ObjectNode pod :
                    objects.all(namespace(services, "/api/v1") + "/pods").values()) {
                boolean chosen = selector.properties().stream().allMatch(each -> pod.path("metadata")
                        .path("labels")
                        .path(each.getKey())
                        .asText()
                        .equals(each.getValue().asText()));
                if (chosen) {
                    ObjectNode endpoint = slice.withArrayProperty("endpoints").addObject();
                    endpoint.putObject("targetRef").put("name", name(pod));
                    endpoint.putObject("conditions").put("ready", true);
                }
            }
            String collection = namespace(services, "/apis/discovery.k8s.io/v1") + "/endpointslices";
            ObjectNode there = objects.all(collection).get(name);
            if (there == null || !there.path("endpoints").equals(slice.path("endpoints"))) {
                objects.put(collection, name, slice, false);
            }
        }
    }

    private static String podsOf(String collection) {
        return namespace(collection, "/api/v1") + "/pods";
    }

    private static String namespace(String collection, String group) {
        return group + collection.replaceAll(".*(/namespaces/[^/]+)/.*", "$1");
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asText();
    }
}
