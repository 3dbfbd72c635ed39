package io.jenkins.plugins.shera.deploy.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.canary.Templates;
import io.jenkins.plugins.shera.deploy.manifest.Bindings;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.DeployException;
import io.jenkins.plugins.shera.deploy.rollout.RunningImage;
import io.jenkins.plugins.shera.deploy.running.Running;
import io.jenkins.plugins.shera.deploy.running.RunningReader;
import io.jenkins.plugins.shera.deploy.storage.StorageClassFacts;
import io.jenkins.plugins.shera.deploy.storage.StorageRules;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What runs in an environment as an order that would change nothing, and what there is to choose from; without anything secret. */
public final class RunningFacts {

    private static final Logger LOGGER = Logger.getLogger(RunningFacts.class.getName());
    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final String MIDDLEWARE = "shera.io/middleware";
    private static final String TENANT = "shera.io/tenant";

    private final KubeApi api;
    private final Subject subject;
    private final Environment environment;
    private final Origin origin;

    private RunningFacts(KubeApi api, Subject subject, Environment environment) {
        this.api = api;
        this.subject = subject;
        this.environment = environment;
        this.origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "", "");
    }

    /** As JSON for pages and REST. */
    static ObjectNode read(KubeApi api, Subject subject, Environment environment) throws KubeException {
        return new RunningFacts(api, subject, environment).facts();
    }

    private ObjectNode facts() throws KubeException {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        Optional<JsonNode> live = api.find(
                        new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), subject.application()))
                .filter(origin::owns);
        facts.put("deployed", live.isPresent());
        ObjectNode order = facts.putObject("order").put("environment", subject.environment());
        ArrayNode secrets = facts.putArray("secrets");
        ArrayNode unsaid = facts.putArray("unsaid");
        if (live.isPresent()) {
            Running running = new RunningReader(api, subject.namespace(), subject.application()).read(live.get());
            order(order, running);
            order.put("was", Templates.hash(live.get().path("spec").path("template")));
            secrets(secrets, running);
            running.unsaid().forEach(unsaid::add);
        }
        offers(facts);
        return facts;
    }

    private void order(ObjectNode order, Running running) {
        order.put("image", image(running.image()));
        if (running.replicas() != null) {
            order.put("replicas", running.replicas());
        }
        if (running.port() > 0) {
            order.put("port", running.port());
        }
        if (!running.probePath().isEmpty()) {
            order.put("probePath", running.probePath());
        }
        running.plain().forEach(order::put);
        Map<String, String> env = new TreeMap<>(running.env());
        environment.valueMap().forEach(env::remove);
        map(order.putObject("env"), env);
        map(order.putObject("configFiles"), running.configFiles());
        ArrayNode keep = order.putArray("keepSecrets");
        hidden(running).forEach(keep::add);
        running.secrets().forEach(keep::add);
        ArrayNode volumes = order.putArray("volumes");
        running.volumes().forEach(each -> map(volumes.addObject(), each));
        map(order.putObject("bind"), running.bind());
        if (!running.ports().isEmpty()) {
            map(order.putObject("ports"), running.ports());
        }
        ArrayNode pod = order.putArray("pod");
        running.pod()
                .forEach(each ->
                        map(pod.addObject().put("type", each.type()).putObject("with"), new TreeMap<>(each.values())));
    }

    /** What the environment says by itself need not be kept. */
    private List<String> hidden(Running running) {
        return running.hidden().stream()
                .filter(each ->
                        !running.hidden(each).equals(environment.valueMap().get(each)))
                .toList();
    }

    private static void map(ObjectNode to, Map<String, String> values) {
        values.forEach(to::put);
    }

    /** By the digest that serves, where one does. */
    private String image(String written) {
        if (written.contains("@sha256:")) {
            return written;
        }
        try {
            return new RunningImage(api, origin, subject.namespace()).read();
        } catch (DeployException | KubeException | IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "no digest serves", e);
            return written;
        }
    }

    /** What is kept, by what deployments call it: a credential of a user becomes two variables. */
    private void secrets(ArrayNode to, Running running) {
        List<String> all = running.secrets();
        Map<String, List<String>> grouped = new TreeMap<>();
        all.forEach(each -> grouped.put(each, List.of(each)));
        running.credentials().keySet().forEach(target -> {
            List<String> pair = List.of(target + "_USR", target + "_PSW");
            if (all.containsAll(pair) && !all.contains(target)) {
                pair.forEach(grouped::remove);
                grouped.put(target, pair);
            }
        });
        grouped.forEach((target, keeps) -> {
            ObjectNode one = to.addObject().put("target", target);
            one.put("credential", running.credentials().getOrDefault(target, ""));
            one.put("plain", false);
            keeps.forEach(one.putArray("keeps")::add);
        });
        hidden(running).forEach(each -> to.addObject()
                .put("target", each)
                .put("credential", "")
                .put("plain", true)
                .putArray("keeps")
                .add(each));
    }

    private void offers(ObjectNode facts) throws KubeException {
        StorageRules rules = StorageLaw.of(subject.tenant(), subject.cluster());
        ArrayNode classes = facts.putArray("storageClasses");
        for (StorageClassFacts each : StorageClassFacts.all(api).orElse(List.of())) {
            if (rules.allows(each.name())) {
                ObjectNode one = classes.addObject().put("name", each.name()).put("label", each.label());
                one.put("default", each.isDefault());
                each.modes().forEach(one.putArray("modes")::add);
            }
        }
        ArrayNode middleware = facts.putArray("middleware");
        for (JsonNode each : bindable()) {
            middleware.add(each.path("metadata").path("labels").path(MIDDLEWARE).asText());
        }
    }

    private List<JsonNode> bindable() throws KubeException {
        try {
            return api.list(SECRET, subject.namespace(), MIDDLEWARE, "").stream()
                    .filter(each -> each.path("metadata")
                            .path("annotations")
                            .path(TENANT)
                            .asText()
                            .equals(subject.tenant()))
                    .filter(each -> each.path("metadata")
                            .path("name")
                            .asText()
                            .equals(Bindings.secret(each.path("metadata")
                                    .path("labels")
                                    .path(MIDDLEWARE)
                                    .asText())))
                    .toList();
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }
}
