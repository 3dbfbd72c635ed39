package io.jenkins.plugins.shera.deploy.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Shares are pods: while the weight is above 0 the application's Service selects both tracks, so each pod gets its part; the engine sets
 * how many canary pods there are. What the Service's EndpointSlices list is what really serves.
 */
public final class ReplicasTraffic implements TrafficControl {

    private static final String TRACK = "shera.io/track";
    private static final ResourceKind SLICES =
            new ResourceKind("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", true);

    @Override
    public Split split() {
        return Split.PODS;
    }

    @Override
    public void check(TrafficTarget target) throws IOException {
        JsonNode service = service(target);
        JsonNode selector = service.path("spec").path("selector");
        if (!selector.path(TRACK).asText().equals("stable")
                && Marks.text(service, Marks.WEIGHT).isEmpty()) {
            throw new IOException("The router 'replicas' cannot split " + target + ": the Service " + target.stable()
                    + " does not select shera.io/track: stable. Deploy with deployApplication, which makes it so, or choose"
                    + " the router gatewayApi, ingress or kubeng.");
        }
    }

    private static JsonNode service(TrafficTarget target) throws IOException {
        return target.api()
                .find(ref(target))
                .orElseThrow(() -> new IOException("The router 'replicas' cannot split " + target
                        + ": it has no Service " + target.stable() + ". Deploy it with a port."));
    }

    private static ObjectRef ref(TrafficTarget target) {
        return new ObjectRef(ResourceKind.SERVICE, target.namespace(), target.stable());
    }

    @Override
    public void apply(TrafficTarget target, Traffic wanted) throws IOException {
        if (!wanted.matches().isEmpty()) {
            throw new IOException("The router 'replicas' cannot match headers or cookies. Choose another router.");
        }
        JsonNode service = service(target);
        Marks.fence(service, target);
        ObjectNode change = Marks.change(service);
        change.withObject("/metadata/annotations")
                .put(Marks.GENERATION, String.valueOf(target.generation()))
                .put(Marks.WEIGHT, String.valueOf(wanted.percent()));
        ObjectNode selector = change.withObject("/spec/selector");
        if (wanted.percent() > 0) {
            selector.putNull(TRACK);
        } else {
            selector.put(TRACK, "stable");
        }
        target.api().merge(ref(target), change);
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        JsonNode service = target.api().find(ref(target)).orElse(null);
        if (service == null) {
            return new TrafficReading(0, Traffic.NONE, true, "");
        }
        Set<String> canary = new HashSet<>();
        Set<String> stable = new HashSet<>();
        serving(target, canary, stable);
        boolean open = !service.path("spec").path("selector").has(TRACK);
        long ready = open ? ready(target.api(), target) : 0;
        int weight = open ? number(Marks.text(service, Marks.WEIGHT)) : 0;
        boolean settled = canary.size() == ready && (weight > 0 || canary.isEmpty());
        String detail = canary.isEmpty()
                ? ""
                : canary.size() + " of " + (canary.size() + stable.size()) + " pods, "
                        + Math.round(100f * canary.size() / (canary.size() + stable.size())) + " %";
        return new TrafficReading(Marks.generation(service), Traffic.of(weight), settled, detail);
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,2}|100") ? Integer.parseInt(text) : 0;
    }

    private static void serving(TrafficTarget target, Set<String> canary, Set<String> stable) throws IOException {
        String choice = "kubernetes.io/service-name=" + target.stable();
        for (JsonNode slice : target.api().list(SLICES, target.namespace(), choice, "")) {
            for (JsonNode endpoint : slice.path("endpoints")) {
                String pod = endpoint.path("targetRef").path("name").asText();
                if (endpoint.path("conditions").path("ready").asBoolean(true)) {
                    (pod.startsWith(target.canary() + "-") ? canary : stable).add(pod);
                }
            }
        }
    }

    private static long ready(KubeApi api, TrafficTarget target) throws IOException {
        return api.list(ResourceKind.POD, target.namespace(), TRACK + "=canary", "").stream()
                .filter(pod -> pod.path("metadata").path("name").asText().startsWith(target.canary() + "-"))
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .filter(ReplicasTraffic::isReady)
                .count();
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        JsonNode service = target.api().find(ref(target)).orElse(null);
        if (service == null) {
            return;
        }
        Marks.fence(service, target);
        if (Marks.text(service, Marks.WEIGHT).isEmpty()) {
            return;
        }
        ObjectNode change = Marks.change(service);
        change.withObject("/metadata/annotations")
                .put(Marks.GENERATION, String.valueOf(target.generation()))
                .putNull(Marks.WEIGHT);
        change.withObject("/spec/selector").put(TRACK, "stable");
        target.api().merge(ref(target), change);
    }

    @Override
    public Duration drain() {
        return Duration.ofSeconds(3);
    }
}
