package io.jenkins.plugins.shera.deploy.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the storage of one application. All calls talk to the cluster. */
final class StorageReader {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final KubeApi api;
    private final Subject subject;
    private final Origin origin;
    private final StorageRules rules;

    StorageReader(KubeApi api, Subject subject, Origin origin, StorageRules rules) {
        this.api = api;
        this.subject = subject;
        this.origin = origin;
        this.rules = rules;
    }

    StorageFacts read() throws KubeException {
        List<StorageClassFacts> classes = StorageClassFacts.all(api).orElse(List.of());
        Set<String> mounted = mounted();
        Map<String, List<String>> users = users();
        List<ClaimFacts> claims = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (JsonNode claim : api.list(StorageKinds.CLAIM, subject.namespace(), "", "")) {
            String name = name(claim);
            if (origin.owns(claim) || (mounted.contains(name) && !origin.isForeign(claim))) {
                names.add(name);
                claims.add(facts(claim, classes, mounted, users.getOrDefault(name, List.of())));
            }
        }
        return new StorageFacts(
                claims,
                snapshots(names),
                classes.stream().filter(each -> rules.allows(each.name())).toList(),
                !snapshotClasses().isEmpty());
    }

    /** Claims that the application as it is deployed, or middleware beside it, mounts. */
    Set<String> mounted() throws KubeException {
        Set<String> mounted = new TreeSet<>();
        for (JsonNode set : orNone(StorageKinds.STATEFUL_SET, subject.namespace())) {
            if (origin.owns(set)) {
                claimsOf(set.path("spec").path("template"), mounted);
            }
        }
        api.find(new ObjectRef(ResourceKind.DEPLOYMENT, subject.namespace(), subject.application()))
                .ifPresent(live -> claimsOf(live.path("spec").path("template"), mounted));
        return mounted;
    }

    /** Names of pods by the claim they use. */
    Map<String, List<String>> users() throws KubeException {
        Map<String, List<String>> users = new TreeMap<>();
        for (JsonNode pod : api.list(ResourceKind.POD, subject.namespace(), "", "")) {
            if (!OVER.contains(pod.path("status").path("phase").asText())) {
                Set<String> used = new TreeSet<>();
                claimsOf(pod, used);
                used.forEach(each ->
                        users.computeIfAbsent(each, absent -> new ArrayList<>()).add(name(pod)));
            }
        }
        return users;
    }

    private static void claimsOf(JsonNode pod, Set<String> into) {
        for (JsonNode volume : pod.path("spec").path("volumes")) {
            String claim =
                    volume.path("persistentVolumeClaim").path("claimName").asText("");
            if (!claim.isEmpty()) {
                into.add(claim);
            }
        }
    }

    private ClaimFacts facts(JsonNode claim, List<StorageClassFacts> classes, Set<String> mounted, List<String> pods)
            throws KubeException {
        String storageClass = claim.path("spec").path("storageClassName").asText("");
        StorageClassFacts known = classes.stream()
                .filter(each -> each.name().equals(storageClass))
                .findFirst()
                .orElse(null);
        List<String> modes = new ArrayList<>();
        claim.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText()));
        String phase = claim.path("metadata").has("deletionTimestamp")
                ? "Terminating"
                : claim.path("status").path("phase").asText("Pending");
        return new ClaimFacts(
                name(claim),
                phase,
                Claims.size(claim),
                claim.path("status").path("capacity").path("storage").asText(""),
                storageClass,
                known == null ? "" : known.label(),
                modes,
                origin.owns(claim),
                claim.path("metadata").path("ownerReferences").isEmpty(),
                pods,
                mounted.contains(name(claim)),
                known == null || known.expands(),
                trouble(claim));
    }

    /** Why it waits: a condition of the claim itself, or the last event about it. */
    String trouble(JsonNode claim) throws KubeException {
        for (JsonNode condition : claim.path("status").path("conditions")) {
            if (condition.path("type").asText().matches(".*(Resiz|Error).*")
                    && !condition.path("message").asText().isEmpty()) {
                return condition.path("message").asText();
            }
        }
        boolean waits = claim.path("status").path("phase").asText("Pending").equals("Pending");
        String capacity = claim.path("status").path("capacity").path("storage").asText("");
        boolean grows = !waits && !capacity.isEmpty() && !capacity.equals(Claims.size(claim));
        return waits || grows ? lastEvent("PersistentVolumeClaim", name(claim)) : "";
    }

    private String lastEvent(String kind, String name) throws KubeException {
        String chosen = "involvedObject.kind=" + kind + ",involvedObject.name=" + name;
        return api.list(ResourceKind.EVENT, subject.namespace(), "", chosen).stream()
                .max(Comparator.comparing(event -> event.path("lastTimestamp")
                        .asText(event.path("eventTime").asText(""))))
                .map(event -> event.path("reason").asText() + ": "
                        + event.path("message").asText())
                .orElse("");
    }

    private List<SnapshotFacts> snapshots(Set<String> claims) throws KubeException {
        List<SnapshotFacts> snapshots = new ArrayList<>();
        for (JsonNode each : orNone(StorageKinds.SNAPSHOT, subject.namespace())) {
            String claim = each.path("spec")
                    .path("source")
                    .path("persistentVolumeClaimName")
                    .asText("");
            if (origin.owns(each) || (claims.contains(claim) && !origin.isForeign(each))) {
                JsonNode status = each.path("status");
                snapshots.add(new SnapshotFacts(
                        name(each),
                        claim,
                        status.path("readyToUse").asBoolean(),
                        status.path("restoreSize").asText(""),
                        each.path("metadata").path("creationTimestamp").asText(),
                        status.path("error").path("message").asText("")));
            }
        }
        snapshots.sort(Comparator.comparing(SnapshotFacts::created).reversed());
        return snapshots;
    }

    /** VolumeSnapshotClasses; none where the cluster has no snapshots or the tenant may not look. */
    List<JsonNode> snapshotClasses() throws KubeException {
        return orNone(StorageKinds.SNAPSHOT_CLASS, "");
    }

    private List<JsonNode> orNone(ResourceKind kind, String namespace) throws KubeException {
        try {
            return api.list(kind, namespace, "", "");
        } catch (KubeException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }
}
