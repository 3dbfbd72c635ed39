package io.jenkins.plugins.shera.deploy.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.VolumeObjects;
import io.jenkins.plugins.shera.deploy.manifest.VolumeSpec;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.manifest.Manifest;
import io.jenkins.plugins.shera.platform.input.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The claims of one deployment. They are made when they are not there, and grow; nothing else of one that is there ever changes, and a
 * deployment takes none away. All calls talk to the cluster, and each may be repeated.
 */
public final class Claims {

    private final KubeApi api;
    private final String namespace;
    private final ApplicationSpec spec;
    private final Origin origin;
    private final StorageRules rules;

    /** Of this application, within what its tenant may have. */
    public Claims(KubeApi api, String namespace, ApplicationSpec spec, Origin origin, StorageRules rules) {
        this.api = api;
        this.namespace = namespace;
        this.spec = spec;
        this.origin = origin;
        this.rules = rules;
    }

    /**
     * Looks at everything that would go wrong.
     *
     * @param pods how many there will be at most
     * @return lines for people: what becomes of claims that are there
     */
    public List<String> plan(int pods) throws StorageException, KubeException {
        List<String> lines = plan();
        lines.addAll(writers(pods));
        return lines;
    }

    /** The same for what sees to it by itself that only one pod writes. */
    public List<String> plan() throws StorageException, KubeException {
        List<String> lines = new ArrayList<>();
        BigDecimal more = BigDecimal.ZERO;
        for (VolumeSpec volume : spec.volumes()) {
            Optional<JsonNode> live = api.find(ref(volume));
            if (live.isPresent()) {
                checkLive(volume, live.get());
            }
            if (volume.isForeignClaim()) {
                if (live.isEmpty()) {
                    throw refused(volume, "is not in the namespace " + namespace + ". Make it, or correct its name");
                }
                continue;
            }
            BigDecimal wanted = bytes(volume.size());
            if (live.isEmpty()) {
                storageClass(volume);
                more = more.add(wanted);
                continue;
            }
            BigDecimal growth = wanted.subtract(bytes(size(live.get())));
            if (growth.signum() > 0) {
                Growth.check(api, volume.claim(spec.name()), live.get());
                more = more.add(growth);
                lines.add("  " + volume.claim(spec.name()) + ": " + size(live.get()) + " -> " + volume.size());
            } else if (growth.signum() < 0) {
                lines.add("  " + volume.claim(spec.name()) + " keeps its " + size(live.get())
                        + ": a volume is never made smaller.");
            }
        }
        Growth.room(api, rules, more);
        return lines;
    }

    private List<String> writers(int pods) throws StorageException {
        List<String> exclusive = spec.volumes().stream()
                .filter(VolumeSpec::isExclusive)
                .map(volume -> volume.claim(spec.name()) + " (" + volume.accessMode() + ")")
                .toList();
        if (exclusive.isEmpty()) {
            return List.of();
        }
        String named = String.join(", ", exclusive);
        if (pods > 1) {
            throw new StorageException(pods + " pods would write to " + named
                    + ", which one may write at a time. Use one pod (replicas: 1), a class with ReadWriteMany such as CephFS,"
                    + " or readOnly: true.");
        }
        return List.of(
                "One writer at a time on " + named
                        + ": the strategy is Recreate, so the old pod ends before the new one starts and nothing serves in between.");
    }

    private void checkLive(VolumeSpec volume, JsonNode live) throws StorageException {
        if (origin.isForeign(live) || (!volume.isForeignClaim() && !origin.owns(live))) {
            throw refused(
                    volume,
                    "was not made for this application and environment. Give the volume another name, or name it by claim");
        }
        if (live.path("metadata").has("deletionTimestamp")) {
            throw refused(volume, "is being deleted. Wait until it is gone");
        }
        if (live.path("status").path("phase").asText().equals("Lost")) {
            throw refused(volume, "has lost its volume. Restore a snapshot of it into a new claim");
        }
        String has = live.path("spec").path("storageClassName").asText("");
        if (!volume.storageClass().isEmpty() && !volume.storageClass().equals(has)) {
            throw refused(
                    volume,
                    "has the StorageClass " + has + ", which never changes. Leave " + volume.storageClass()
                            + " out, or move the data to a volume of another name");
        }
        boolean served = false;
        for (JsonNode mode : live.path("spec").path("accessModes")) {
            served |= mode.asText().equals(volume.accessMode());
        }
        if (!served && !volume.readOnly()) {
            throw refused(
                    volume,
                    "has the access modes " + live.path("spec").path("accessModes")
                            + ", which never change. Give one of" + " them as accessMode");
        }
    }

    /** The class a new claim gets, by name; empty when the tenant may not look at classes and names none. */
    private String storageClass(VolumeSpec volume) throws StorageException, KubeException {
        Optional<List<StorageClassFacts>> all = StorageClassFacts.all(api);
        StorageClassFacts chosen = null;
        if (all.isPresent()) {
            boolean any = volume.storageClass().isEmpty();
            chosen = all.get().stream()
                    .filter(each -> any ? each.isDefault() : each.name().equals(volume.storageClass()))
                    .findFirst()
                    .orElseThrow(() -> refused(
                            volume,
                            (any
                                            ? "names no StorageClass, and the cluster has no default. Give one of "
                                            : "wants the StorageClass " + volume.storageClass()
                                                    + ", which the cluster does not have. Give one of ")
                                    + all.get().stream()
                                            .map(StorageClassFacts::name)
                                            .filter(rules::allows)
                                            .toList()));
        }
        String name = chosen == null ? volume.storageClass() : chosen.name();
        if (!rules.allows(name)) {
            throw refused(
                    volume,
                    "wants the StorageClass " + (name.isEmpty() ? "that is the default" : name)
                            + ", which this tenant may not use. Give one of " + rules.classes());
        }
        if (chosen != null && !chosen.mayServe(volume.accessMode())) {
            throw refused(
                    volume,
                    "wants " + volume.accessMode() + ", and " + name + " (" + chosen.label() + ") serves only "
                            + chosen.modes() + ". Choose another class, such as one of CephFS, or another mode");
        }
        return name;
    }

    /** The claims that are not there yet, to be tried and applied before the rest. */
    public List<Manifest> missing() throws StorageException, KubeException {
        List<Manifest> missing = new ArrayList<>();
        for (VolumeSpec volume : spec.volumes()) {
            if (!volume.isForeignClaim() && api.find(ref(volume)).isEmpty()) {
                missing.add(VolumeObjects.claim(spec, volume, storageClass(volume), origin, namespace));
            }
        }
        return missing;
    }

    /** Lets claims that are there grow to what is wanted. */
    public void grow() throws KubeException {
        for (VolumeSpec volume : spec.volumes()) {
            Optional<JsonNode> live = volume.isForeignClaim() ? Optional.empty() : api.find(ref(volume));
            if (live.isPresent() && bytes(volume.size()).compareTo(bytes(size(live.get()))) > 0) {
                Growth.to(api, ref(volume), volume.size());
            }
        }
    }

    /** Lets claims that are not kept go with the Deployment, whoever deletes it; those that are kept stay. */
    public void follow(JsonNode deployment) throws KubeException {
        String uid = deployment.path("metadata").path("uid").asText();
        for (VolumeSpec volume : spec.volumes()) {
            Optional<JsonNode> live = volume.isForeignClaim() ? Optional.empty() : api.find(ref(volume));
            if (live.isEmpty()) {
                continue;
            }
            boolean follows =
                    live.get().path("metadata").path("ownerReferences").size() > 0;
            if (follows != volume.keep()) {
                continue;
            }
            ObjectNode metadata = JsonNodeFactory.instance.objectNode();
            if (volume.keep()) {
                metadata.putObject("metadata").putNull("ownerReferences");
            } else {
                metadata.putObject("metadata")
                        .putArray("ownerReferences")
                        .addObject()
                        .put("apiVersion", "apps/v1")
                        .put("kind", "Deployment")
                        .put("name", spec.name())
                        .put("uid", uid);
            }
            api.merge(ref(volume), metadata);
        }
    }

    /** Takes away those that this very request made and that are not kept; the others stay, as they may hold data. */
    public List<ObjectRef> withdraw() throws KubeException {
        List<ObjectRef> gone = new ArrayList<>();
        for (VolumeSpec volume : spec.volumes()) {
            Optional<JsonNode> live =
                    volume.isForeignClaim() || volume.keep() ? Optional.empty() : api.find(ref(volume));
            if (live.isPresent() && origin.made(live.get())) {
                api.delete(ref(volume), live.get().path("metadata").path("uid").asText());
                gone.add(ref(volume));
            }
        }
        return gone;
    }

    /** One line for each claim: how large it really is. */
    public List<String> report() throws KubeException {
        List<String> lines = new ArrayList<>();
        for (VolumeSpec volume : spec.volumes()) {
            api.find(ref(volume)).ifPresent(live -> {
                String capacity =
                        live.path("status").path("capacity").path("storage").asText("nothing");
                boolean grows = !capacity.equals("nothing") && bytes(capacity).compareTo(bytes(size(live))) < 0;
                lines.add("Volume " + volume.claim(spec.name()) + ": "
                        + live.path("status").path("phase").asText() + ", " + capacity
                        + (grows ? ", still growing to " + size(live) : "") + ", class "
                        + live.path("spec").path("storageClassName").asText("-"));
            });
        }
        return lines;
    }

    private StorageException refused(VolumeSpec volume, String why) {
        return new StorageException("the claim " + volume.claim(spec.name()) + " " + why + ".");
    }

    private ObjectRef ref(VolumeSpec volume) {
        return new ObjectRef(StorageKinds.CLAIM, namespace, volume.claim(spec.name()));
    }

    static String size(JsonNode claim) {
        return claim.path("spec")
                .path("resources")
                .path("requests")
                .path("storage")
                .asText("0");
    }

    static BigDecimal bytes(String quantity) {
        return Quantity.amount("size", quantity);
    }
}
