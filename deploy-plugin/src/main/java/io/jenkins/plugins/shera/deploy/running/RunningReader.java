package io.jenkins.plugins.shera.deploy.running;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.apm.AgentTemplate;
import io.jenkins.plugins.shera.deploy.manifest.ConfigObjects;
import io.jenkins.plugins.shera.deploy.pod.Containers;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import io.jenkins.plugins.shera.deploy.pod.PodReading;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.deploy.rollout.Replicas;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a live Deployment back into what a deployment says. All calls talk to the cluster. */
public final class RunningReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceKind CONFIG_MAP = new ResourceKind("v1", "ConfigMap", "configmaps", true);
    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);
    private static final ResourceKind CLAIM =
            new ResourceKind("v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);
    private static final Pattern LOOKS_SECRET =
            Pattern.compile("(?i).*(pass|pwd|secret|token|credential|private|api.?key).*");
    /** Without a probe a pod must have lived so long, as {@code ApplicationManifests} says. */
    private static final int SECONDS_WITHOUT_PROBE = 3;

    private final KubeApi api;
    private final String namespace;
    private final String name;

    String image = "";
    Integer replicas;
    int port;
    String probePath = "";
    final Map<String, String> plain = new TreeMap<>();
    final Map<String, String> env = new TreeMap<>();
    final Map<String, String> hidden = new TreeMap<>();
    /** Key in the Secret by what it becomes. */
    final Map<String, String> secrets = new TreeMap<>();

    final Map<String, String> credentials = new TreeMap<>();
    final Map<String, String> configFiles = new TreeMap<>();
    final List<Map<String, String>> volumes = new ArrayList<>();
    final Map<String, String> bind = new TreeMap<>();
    final Map<String, String> ports = new TreeMap<>();
    final List<PodPart> pod = new ArrayList<>();
    final TreeSet<String> unsaid = new TreeSet<>();
    private String secretName = "";

    /** Of the application of this name in this namespace. */
    public RunningReader(KubeApi api, String namespace, String name) {
        this.api = api;
        this.namespace = namespace;
        this.name = name;
    }

    /**
     * What runs, from the Deployment as it was read.
     *
     * @throws IllegalArgumentException when it has no container
     */
    public Running read(JsonNode live) throws KubeException {
        JsonNode template = AgentTemplate.off(live.path("spec").path("template"));
        JsonNode container = Containers.chosen(template, name);
        image = container.path("image").asText();
        port = container.at("/ports/0/containerPort").asInt();
        replicas = isScaled() || Replicas.asleepFrom(live) > 0 ? null : (Integer) Replicas.of(live);
        put("cpu", container.at("/resources/requests/cpu").asText(""));
        put("memory", container.at("/resources/requests/memory").asText(""));
        PodReading said = new PodReading(template, container);
        probePath = said.probePath();
        pod.addAll(said.parts());
        unsaid.addAll(said.unsaid());
        pacing(live.path("spec"), said);
        variables(container);
        Map<String, JsonNode> mounted = new LinkedHashMap<>();
        template.at("/spec/volumes")
                .forEach(each -> mounted.put(each.path("name").asText(), each));
        for (JsonNode mount : container.path("volumeMounts")) {
            mount(template, mount, mounted.get(mount.path("name").asText()));
        }
        strangers(template, container);
        written();
        return new Running(this);
    }

    /** Who may not look at autoscalers is taken to have none. */
    private boolean isScaled() throws KubeException {
        try {
            return Autoscaler.of(api, namespace, name).isPresent();
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.FORBIDDEN) {
                return false;
            }
            throw e;
        }
    }

    private void put(String parameter, String value) {
        if (!value.isEmpty()) {
            plain.put(parameter, value);
        }
    }

    private void pacing(JsonNode spec, PodReading said) {
        JsonNode update = spec.at("/strategy/rollingUpdate");
        if (update.isObject()) {
            String surge = update.path("maxSurge").asText("25%");
            String fewer = update.path("maxUnavailable").asText("0");
            put("maxSurge", surge.equals("25%") ? "" : surge);
            put("maxUnavailable", fewer.equals("0") ? "" : fewer);
        }
        int ready = spec.path("minReadySeconds").asInt();
        boolean probed = port > 0
                || said.parts().stream()
                        .anyMatch(each -> "readiness".equals(each.values().get("kind")));
        put("minReadySeconds", ready == 0 || !probed && ready == SECONDS_WITHOUT_PROBE ? "" : String.valueOf(ready));
    }

    private void variables(JsonNode container) {
        BoundVariables bound = new BoundVariables();
        for (JsonNode variable : container.path("env")) {
            String named = variable.path("name").asText();
            JsonNode from = variable.path("valueFrom");
            JsonNode key = from.path("secretKeyRef");
            if (from.isMissingNode()) {
                String value = variable.path("value").asText("");
                boolean line = value.equals(value.strip()) && value.lines().count() <= 1;
                (line && !LOOKS_SECRET.matcher(named).matches() ? env : hidden).put(named, value);
            } else if (isOwnSecret(key.path("name").asText())) {
                secrets.put(named, key.path("key").asText());
            } else if (!bound.take(named, key)) {
                unsaid.add("env " + named);
            }
        }
        bind.putAll(bound.whole());
        bound.broken().forEach(each -> unsaid.add("env " + each));
        if (container.has("envFrom")) {
            unsaid.add("envFrom");
        }
    }

    private boolean isOwnSecret(String secret) {
        if (!secret.startsWith(name + "-secret-")) {
            return false;
        }
        secretName = secret;
        return true;
    }

    private void mount(JsonNode template, JsonNode mount, JsonNode volume) throws KubeException {
        String path = mount.path("mountPath").asText();
        String folder = mount.path("subPath").asText("");
        String named = mount.path("name").asText();
        if (volume == null) {
            unsaid.add("volume " + named);
        } else if (named.equals(ConfigObjects.CONFIG_VOLUME) && volume.has("configMap")) {
            String map = volume.at("/configMap/name").asText();
            Optional<JsonNode> found = api.find(new ObjectRef(CONFIG_MAP, namespace, map));
            JsonNode content = found.map(each -> each.path("data").path(folder)).orElse(null);
            if (content == null || !content.isTextual()) {
                unsaid.add("volume " + named);
            } else {
                configFiles.put(path, content.asText());
            }
        } else if (named.equals(ConfigObjects.SECRET_VOLUME)
                && isOwnSecret(volume.at("/secret/secretName").asText())) {
            secrets.put(path, folder);
        } else if (volume.has("persistentVolumeClaim")) {
            claim(template, mount, volume);
        } else {
            unsaid.add("volume " + named);
        }
    }

    private void claim(JsonNode template, JsonNode mount, JsonNode volume) throws KubeException {
        String named = volume.path("name").asText();
        String claim = volume.at("/persistentVolumeClaim/claimName").asText();
        Optional<JsonNode> live = api.find(new ObjectRef(CLAIM, namespace, claim));
        Map<String, String> said = new LinkedHashMap<>();
        said.put("name", named);
        said.put("mountPath", mount.path("mountPath").asText());
        if (claim.equals(name + "-" + named) && live.isPresent()) {
            said.put("size", live.get().at("/spec/resources/requests/storage").asText());
            said.put("storageClass", live.get().at("/spec/storageClassName").asText(""));
            said.put(
                    "keep",
                    String.valueOf(live.get().at("/metadata/ownerReferences").isEmpty()));
        } else {
            said.put("claim", claim);
        }
        said.put(
                "accessMode",
                live.map(each -> each.at("/spec/accessModes/0").asText("")).orElse(""));
        said.put("subPath", mount.path("subPath").asText(""));
        said.put("readOnly", mount.path("readOnly").asBoolean() ? "true" : "");
        said.put(
                "group",
                volumes.isEmpty() ? template.at("/spec/securityContext/fsGroup").asText("") : "");
        said.values().removeIf(String::isEmpty);
        volumes.add(said);
    }

    private void strangers(JsonNode template, JsonNode container) {
        for (String field : List.of("command", "args", "workingDir")) {
            if (container.has(field)) {
                unsaid.add(field);
            }
        }
        for (JsonNode each : container.path("ports")) {
            String named = each.path("name").asText("");
            boolean first = each == container.at("/ports/0");
            if (!first
                    && (named.isEmpty() || !each.path("protocol").asText("TCP").equals("TCP"))) {
                unsaid.add("ports");
            } else if (!first) {
                ports.put(named, each.path("containerPort").asText());
            }
        }
        if (template.at("/spec/containers").size() > 1
                || !template.at("/spec/initContainers").isEmpty()) {
            unsaid.add("containers");
        }
    }

    /** What the Secret itself says of where it came from; its values are not looked at. */
    private void written() throws KubeException {
        if (secretName.isEmpty()) {
            return;
        }
        Optional<JsonNode> live;
        try {
            live = api.find(new ObjectRef(SECRET, namespace, secretName));
        } catch (KubeException e) {
            if (e.kind() == KubeException.Kind.FORBIDDEN) {
                return;
            }
            throw e;
        }
        String ids = live.map(each -> each.path("metadata")
                        .path("annotations")
                        .path(ConfigObjects.CREDENTIALS)
                        .asText("{}"))
                .orElse("{}");
        try {
            JSON.readTree(ids)
                    .properties()
                    .forEach(each ->
                            credentials.put(each.getKey(), each.getValue().asText()));
        } catch (JsonProcessingException e) {
            credentials.clear(); // somebody edited it: then nothing is known
        }
    }

    /**
     * What a secret variable or file holds, read now; never for a page.
     *
     * @param kept what it becomes, one of {@link Running#secrets}
     * @return empty when it is not there any more
     */
    public Optional<byte[]> secret(String kept) throws KubeException {
        if (!secrets.containsKey(kept)) {
            return Optional.empty();
        }
        Optional<JsonNode> live = api.find(new ObjectRef(SECRET, namespace, secretName));
        JsonNode value =
                live.map(each -> each.path("data").path(secrets.get(kept))).orElse(null);
        return value == null || !value.isTextual()
                ? Optional.empty()
                : Optional.of(Base64.getDecoder().decode(value.asText()));
    }
}
