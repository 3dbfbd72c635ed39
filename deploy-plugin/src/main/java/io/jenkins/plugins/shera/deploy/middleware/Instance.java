package io.jenkins.plugins.shera.deploy.middleware;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.VolumeSpec;
import io.jenkins.plugins.shera.deploy.quota.Peak;
import io.jenkins.plugins.shera.deploy.storage.Claims;
import io.jenkins.plugins.shera.deploy.storage.StorageException;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.deploy.storage.StorageRules;
import io.jenkins.plugins.shera.kube.api.Kinds;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.apply.Applier;
import io.jenkins.plugins.shera.kube.apply.ApplyException;
import io.jenkins.plugins.shera.kube.apply.Change;
import io.jenkins.plugins.shera.kube.apply.Plan;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Plans and applies one instance. */
final class Instance {

    private static final String FIRST_SIZE = "8Gi";

    private final KubeApi api;
    private final Subject subject;
    private final Origin origin;
    private final StorageRules rules;
    private final MiddlewareSpec spec;
    private final String pull;
    private final Applier applier;

    Instance(KubeApi api, Subject subject, Origin origin, StorageRules rules, MiddlewareSpec spec, String pull) {
        this.api = api;
        this.subject = subject;
        this.origin = origin;
        this.rules = rules;
        this.spec = spec;
        this.pull = pull;
        this.applier = new Applier(api, new Kinds(api));
    }

    String image() throws MiddlewareException, KubeException {
        return spec.images().get(version(api.find(ref(MiddlewareKinds.STATEFUL_SET, spec.name()))));
    }

    List<String> plan() throws MiddlewareException, KubeException {
        Optional<JsonNode> set = api.find(ref(MiddlewareKinds.STATEFUL_SET, spec.name()));
        String version = version(set);
        List<Manifest> tried = manifests(version, set);
        foreign(tried);
        Claims claims = claims(version);
        List<String> volumes;
        try {
            volumes = claims.plan();
            tried.addAll(claims.missing());
        } catch (StorageException e) {
            throw refused(e.getMessage());
        }
        room(set, tried);
        Plan plan = applier.plan(tried);
        List<Change> refusals = plan.refusals();
        if (!refusals.isEmpty()) {
            throw refused("the cluster would refuse it. "
                    + String.join(
                            " ",
                            refusals.stream()
                                    .map(each -> each.refusal().getMessage())
                                    .toList()));
        }
        List<String> lines = new ArrayList<>(plan.lines());
        lines.addAll(volumes);
        return lines;
    }

    void apply() throws MiddlewareException, KubeException {
        Optional<JsonNode> set = api.find(ref(MiddlewareKinds.STATEFUL_SET, spec.name()));
        String version = version(set);
        List<Manifest> manifests = manifests(version, set);
        foreign(manifests);
        Claims claims = claims(version);
        try {
            claims.plan();
            applier.apply(claims.missing());
            claims.grow();
            applier.apply(manifests);
        } catch (StorageException e) {
            throw refused(e.getMessage());
        } catch (ApplyException e) {
            if (e.reason().kind().isPassing()) {
                throw e.reason();
            }
            throw new MiddlewareException("Cannot deploy " + what() + ": " + e.getMessage(), e);
        }
        String making = api.find(ref(MiddlewareKinds.SECRET, MiddlewareObjects.credentials(spec.name())))
                .map(Middleware::making)
                .orElse("");
        String has = set.map(live -> live.at("/spec/template/metadata/annotations")
                        .path(MiddlewareObjects.CREDENTIALS)
                        .asText(""))
                .orElse("");
        if (!making.equals(has)) {
            Middleware.restart(api, subject.namespace(), spec.name(), making);
        }
    }

    /** What was asked for, else what runs, else the usual one; never an earlier one than runs. */
    private String version(Optional<JsonNode> set) throws MiddlewareException {
        String runs =
                set.map(live -> annotation(live, MiddlewareObjects.VERSION)).orElse("");
        String template =
                set.map(live -> annotation(live, MiddlewareObjects.TEMPLATE)).orElse("");
        if (!template.isEmpty() && !template.equals(spec.template().id())) {
            throw refused("it is " + template + " and cannot become "
                    + spec.template().id() + ". Give this one another name.");
        }
        if (!spec.version().isEmpty()) {
            if (!runs.isEmpty() && Versions.compare(spec.version(), runs) < 0) {
                throw refused("version " + runs + " runs, and an earlier one such as " + spec.version()
                        + " may not read its data. Restore a backup into a new instance of that version.");
            }
            return spec.version();
        }
        if (!runs.isEmpty() && !spec.images().containsKey(runs)) {
            throw refused("version " + runs + " runs, which the platform offers no more. Give one of "
                    + String.join(", ", spec.images().keySet()) + " as version to move on.");
        }
        return runs.isEmpty() ? spec.images().keySet().iterator().next() : runs;
    }

    private static String annotation(JsonNode live, String name) {
        return live.path("metadata").path("annotations").path(name).asText("");
    }

    private List<Manifest> manifests(String version, Optional<JsonNode> set) throws KubeException {
        Optional<JsonNode> live = api.find(ref(MiddlewareKinds.SECRET, MiddlewareObjects.credentials(spec.name())));
        Login login = live.map(Login::of).orElseGet(Login::fresh);
        String making = live.map(Middleware::making)
                .orElseGet(() -> set.isPresent() ? UUID.randomUUID().toString() : "");
        String host = MiddlewareObjects.host(spec.name(), subject.namespace());
        Manifest secret = MiddlewareObjects.secret(
                spec.name(),
                origin,
                subject.namespace(),
                login.data(spec.template(), host, spec.template().inner(spec.parameters())),
                making);
        List<Manifest> manifests =
                new ArrayList<>(new MiddlewareObjects(spec, origin, subject.namespace()).of(version, secret));
        if (!spec.pullSecret().isEmpty()) {
            manifests.add(pullSecret());
        }
        return manifests;
    }

    private Manifest pullSecret() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Secret").put("type", "kubernetes.io/dockerconfigjson");
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", spec.pullSecret()).put("namespace", subject.namespace());
        origin.stamp(metadata);
        object.putObject("data")
                .put(".dockerconfigjson", Base64.getEncoder().encodeToString(pull.getBytes(StandardCharsets.UTF_8)));
        return new Manifest("middleware " + spec.name(), object);
    }

    /** What stands there under one of the names and is not of this instance, and a Deployment whose pods would be meant, too. */
    private void foreign(List<Manifest> manifests) throws MiddlewareException, KubeException {
        List<ObjectRef> refs = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (!manifest.name().equals(spec.pullSecret())) {
                refs.add(applier.ref(manifest));
            }
        }
        refs.add(ref(ResourceKind.DEPLOYMENT, spec.name()));
        for (ObjectRef ref : refs) {
            Optional<JsonNode> live = api.find(ref);
            if (live.isPresent() && !isOf(origin, spec.name(), live.get())) {
                throw refused("there is a " + ref
                        + " that was not made for this instance, and what is not ours is never taken over. Give it another"
                        + " name.");
            }
        }
        Optional<JsonNode> claim = api.find(ref(StorageKinds.CLAIM, spec.name() + "-data"));
        if (claim.isPresent() && !origin.owns(claim.get())) {
            throw refused("there is a claim " + spec.name()
                    + "-data that was not made for this application. Give it another name.");
        }
    }

    /** Whether this live object is one of an instance's. */
    static boolean isOf(Origin origin, String name, JsonNode live) {
        return origin.owns(live)
                && name.equals(live.path("metadata")
                        .path("labels")
                        .path(MiddlewareObjects.OF)
                        .asText(""));
    }

    private Claims claims(String version) throws KubeException, MiddlewareException {
        String size = spec.size();
        if (size.isEmpty()) {
            size = api.find(ref(StorageKinds.CLAIM, spec.name() + "-data"))
                    .map(live -> live.at("/spec/resources/requests/storage").asText())
                    .orElse(FIRST_SIZE);
        }
        try {
            VolumeSpec data = VolumeSpec.of("data", "/data")
                    .claimed(size, spec.storageClass())
                    .done();
            ApplicationSpec holder = ApplicationSpec.of(
                            spec.name(), spec.images().get(version))
                    .volumes(List.of(data))
                    .done();
            return new Claims(api, subject.namespace(), holder, origin, rules);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    /** A pod that a quota refuses would never start. */
    private void room(Optional<JsonNode> set, List<Manifest> tried) throws MiddlewareException, KubeException {
        JsonNode template = null;
        for (Manifest each : tried) {
            if (each.kind().equals("StatefulSet")) {
                template = each.content().path("spec").path("template");
            }
        }
        int now = set.map(live -> live.path("status").path("replicas").asInt()).orElse(0);
        Optional<String> over = new Peak(api, subject.namespace()).over(template, Peak.besides(now, 1, true));
        if (over.isPresent()) {
            throw refused(over.get());
        }
    }

    private String what() {
        return spec.name() + " of " + subject;
    }

    private MiddlewareException refused(String why) {
        return new MiddlewareException("Cannot deploy " + what() + ", so nothing was changed: " + why);
    }

    private ObjectRef ref(ResourceKind kind, String name) {
        return new ObjectRef(kind, subject.namespace(), name);
    }
}
