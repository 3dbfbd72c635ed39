package io.jenkins.plugins.shera.deploy.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.traffic.Match;
import io.jenkins.plugins.shera.platform.traffic.Traffic;
import io.jenkins.plugins.shera.platform.traffic.TrafficControl;
import io.jenkins.plugins.shera.platform.traffic.TrafficReading;
import io.jenkins.plugins.shera.platform.traffic.TrafficTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shares are requests, split by ingress-nginx: a second Ingress beside the application's own with the annotations
 * {@code nginx.ingress.kubernetes.io/canary*}. That controller knows one header and one cookie at a time, and cookies by the value
 * {@code always} alone.
 */
public final class IngressTraffic implements TrafficControl {

    private static final ResourceKind INGRESS = new ResourceKind("networking.k8s.io/v1", "Ingress", "ingresses", true);
    private static final ResourceKind CLASS =
            new ResourceKind("networking.k8s.io/v1", "IngressClass", "ingressclasses", false);
    /** Controllers that leave a second Ingress with the same paths to chance. */
    private static final List<String> OTHERS =
            List.of("traefik.io/", "nginx.org/", "haproxy.org/", "projectcontour.io/", "shera.io/");

    private static final String NGINX = "nginx.ingress.kubernetes.io/";

    private final String ingress;
    private final int settleSeconds;
    private final int drainSeconds;

    /** {@code ingress} names the application's own Ingress, empty for the one named as the application. */
    public IngressTraffic(String ingress, int settleSeconds, int drainSeconds) {
        this.ingress = ingress;
        this.settleSeconds = settleSeconds;
        this.drainSeconds = drainSeconds;
    }

    @Override
    public Split split() {
        return Split.REQUESTS;
    }

    private ObjectRef own(TrafficTarget target) {
        return new ObjectRef(INGRESS, target.namespace(), ingress.isEmpty() ? target.stable() : ingress);
    }

    private ObjectRef beside(TrafficTarget target) {
        return new ObjectRef(INGRESS, target.namespace(), own(target).name() + "-canary");
    }

    @Override
    public void check(TrafficTarget target) throws IOException {
        JsonNode live = live(target);
        if (rules(live, target).isEmpty()) {
            throw new IOException("The router 'ingress' cannot split " + target + ": no path of Ingress "
                    + own(target).name() + " leads to the Service " + target.stable() + ".");
        }
        String controller = controller(live, target);
        if (OTHERS.stream().anyMatch(controller::startsWith)) {
            throw new IOException("The router 'ingress' cannot split " + target + ": Ingress "
                    + own(target).name() + " is served by " + controller
                    + ", which does not know the canary annotations of ingress-nginx, so the canary could get any share."
                    + " Choose the router gatewayApi, kubeng or replicas.");
        }
    }

    /** Who serves it, as its IngressClass says; empty where that cannot be told. */
    private static String controller(JsonNode live, TrafficTarget target) throws IOException {
        String name = live.path("spec").path("ingressClassName").asText();
        if (name.isEmpty()) {
            return "";
        }
        try {
            return target.api()
                    .find(new ObjectRef(CLASS, "", name))
                    .map(each -> each.path("spec").path("controller").asText())
                    .orElse("");
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.FORBIDDEN) {
                return "";
            }
            throw e;
        }
    }

    private JsonNode live(TrafficTarget target) throws IOException {
        return target.api()
                .find(own(target))
                .orElseThrow(() -> new IOException("The router 'ingress' cannot split " + target
                        + ": there is no Ingress " + own(target).name()
                        + ". Name another by the parameter ingress, or create it first."));
    }

    private static List<ObjectNode> rules(JsonNode live, TrafficTarget target) {
        List<ObjectNode> rules = new ArrayList<>();
        for (JsonNode rule : live.path("spec").path("rules")) {
            ObjectNode copy = rule.deepCopy();
            List<JsonNode> paths = new ArrayList<>();
            for (JsonNode path : copy.path("http").path("paths")) {
                ObjectNode service = (ObjectNode) path.path("backend").get("service");
                if (service != null && service.path("name").asText().equals(target.stable())) {
                    service.put("name", target.canary());
                    paths.add(path);
                }
            }
            if (!paths.isEmpty()) {
                copy.withObject("/http").putArray("paths").addAll(paths);
                rules.add(copy);
            }
        }
        return rules;
    }

    @Override
    public void apply(TrafficTarget target, Traffic wanted) throws IOException {
        JsonNode live = live(target);
        Marks.fence(live, target);
        Map<String, String> marks = annotations(wanted);
        ObjectNode mark = Marks.change(live);
        mark.withObject("/metadata/annotations")
                .put(Marks.GENERATION, String.valueOf(target.generation()))
                .put(Marks.AT, target.api().serverNow().toString());
        target.api().merge(own(target), mark);
        if (wanted.isNone()) {
            remove(target);
            return;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "networking.k8s.io/v1").put("kind", "Ingress");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", beside(target).name()).put("namespace", target.namespace());
        metadata.putObject("labels").put("app.kubernetes.io/managed-by", "shera");
        ObjectNode annotations = metadata.putObject("annotations");
        marks.forEach(annotations::put);
        annotations.put(Marks.GENERATION, String.valueOf(target.generation()));
        ObjectNode spec = object.putObject("spec");
        for (String field : List.of("ingressClassName", "tls")) {
            if (live.path("spec").has(field)) {
                spec.set(field, live.path("spec").path(field).deepCopy());
            }
        }
        spec.putArray("rules").addAll(rules(live, target));
        target.api().apply(beside(target), object, false);
    }

    private static Map<String, String> annotations(Traffic wanted) throws IOException {
        Map<String, String> marks = new HashMap<>();
        marks.put(NGINX + "canary", "true");
        marks.put(NGINX + "canary-weight", String.valueOf(wanted.percent()));
        for (Match match : wanted.matches()) {
            String key = match.kind() == Match.Kind.HEADER ? "canary-by-header" : "canary-by-cookie";
            if (marks.containsKey(NGINX + key)) {
                throw new IOException(
                        "The router 'ingress' can match one header and one cookie, and the plan has more.");
            }
            marks.put(NGINX + key, match.name());
            if (match.kind() == Match.Kind.HEADER) {
                marks.put(NGINX + "canary-by-header-value", match.value());
            } else if (!match.value().equals("always")) {
                throw new IOException("The router 'ingress' matches a cookie only by the value 'always', not '"
                        + match.value() + "'.");
            }
        }
        return marks;
    }

    private void remove(TrafficTarget target) throws IOException {
        Optional<JsonNode> there = target.api().find(beside(target));
        if (there.isPresent()
                && there.get().path("metadata").path("annotations").has(Marks.GENERATION)) {
            target.api()
                    .delete(
                            beside(target),
                            there.get().path("metadata").path("uid").asText());
        }
    }

    @Override
    public TrafficReading read(TrafficTarget target) throws IOException {
        JsonNode live = target.api().find(own(target)).orElse(null);
        if (live == null) {
            return new TrafficReading(0, Traffic.NONE, true, "");
        }
        long generation = Marks.generation(live);
        boolean settled = Marks.age(live, target) >= settleSeconds;
        String detail = settled ? "" : "waiting until the ingress controller serves it";
        Optional<JsonNode> beside = target.api().find(beside(target));
        if (beside.isEmpty()) {
            return new TrafficReading(generation, Traffic.NONE, settled, detail);
        }
        List<Match> matches = new ArrayList<>();
        String header = Marks.text(beside.get(), NGINX + "canary-by-header");
        String cookie = Marks.text(beside.get(), NGINX + "canary-by-cookie");
        String weight = Marks.text(beside.get(), NGINX + "canary-weight");
        try {
            if (!header.isEmpty()) {
                matches.add(new Match(
                        Match.Kind.HEADER, header, Marks.text(beside.get(), NGINX + "canary-by-header-value")));
            }
            if (!cookie.isEmpty()) {
                matches.add(new Match(Match.Kind.COOKIE, cookie, "always"));
            }
            Traffic traffic = new Traffic(weight.isEmpty() ? 0 : Integer.parseInt(weight), matches);
            return new TrafficReading(Marks.generation(beside.get()), traffic, settled, detail);
        } catch (IllegalArgumentException e) {
            return new TrafficReading(
                    generation,
                    Traffic.of(100),
                    false,
                    "Ingress " + beside(target).name() + " was edited");
        }
    }

    @Override
    public void reset(TrafficTarget target) throws IOException {
        if (target.api().find(own(target)).isPresent()) {
            apply(target, Traffic.NONE);
        }
    }

    @Override
    public Duration drain() {
        return Duration.ofSeconds(drainSeconds);
    }
}
