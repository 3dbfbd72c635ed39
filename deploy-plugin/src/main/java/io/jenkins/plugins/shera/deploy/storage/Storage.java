package io.jenkins.plugins.shera.deploy.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes the storage of one application; the same order given again changes nothing. What is kept for another application is
 * never touched. All calls talk to the cluster.
 */
public final class Storage {

    private static final String CLASS_OF = "shera.io/storage-class";
    private static final String MODE_OF = "shera.io/access-mode";
    private static final String SIZE_OF = "shera.io/size";

    private final KubeApi api;
    private final Subject subject;
    private final Origin origin;
    private final StorageRules rules;
    private final StorageReader reader;

    /** Of this application in this environment, within what its tenant may have; {@code build} says for people who asked. */
    public Storage(KubeApi api, Subject subject, StorageRules rules, String build) {
        this.api = api;
        this.subject = subject;
        this.rules = rules;
        this.origin = new Origin(subject.tenant(), subject.application(), subject.environment(), "storage", build);
        this.reader = new StorageReader(api, subject, origin, rules);
    }

    /** How it is now. */
    public StorageFacts look() throws KubeException {
        return reader.read();
    }

    /**
     * Makes it so; the cluster goes on with it by itself.
     *
     * @return what was done, as a sentence for people
     * @throws StorageException when it cannot be, with nothing changed
     */
    public String apply(VolumeOrder order) throws StorageException, KubeException {
        return switch (order.way()) {
            case GROW -> grow(order);
            case SNAPSHOT -> snapshot(order);
            case RESTORE -> restore(order);
        };
    }

    private String grow(VolumeOrder order) throws StorageException, KubeException {
        JsonNode live = own(StorageKinds.CLAIM, order.claim());
        String has = Claims.size(live);
        BigDecimal more = Claims.bytes(order.value()).subtract(Claims.bytes(has));
        if (more.signum() == 0) {
            return order.claim() + " is asked for with " + has + " already.";
        }
        if (more.signum() < 0) {
            throw refused(order.claim() + " has " + has
                    + ", and a volume is never made smaller. Copy the data into a new" + " smaller one.");
        }
        Growth.check(api, order.claim(), live);
        Growth.room(api, rules, more);
        Growth.to(api, ref(StorageKinds.CLAIM, order.claim()), order.value());
        return order.claim() + ": " + has + " -> " + order.value() + ".";
    }

    private String snapshot(VolumeOrder order) throws StorageException, KubeException {
        JsonNode claim = own(StorageKinds.CLAIM, order.claim());
        ObjectRef ref = ref(StorageKinds.SNAPSHOT, order.value());
        List<JsonNode> classes = reader.snapshotClasses();
        String storageClass = claim.path("spec").path("storageClassName").asText("");
        String driver = StorageClassFacts.all(api).orElse(List.of()).stream()
                .filter(each -> each.name().equals(storageClass))
                .map(StorageClassFacts::provisioner)
                .findFirst()
                .orElse("");
        Optional<JsonNode> chosen = classes.stream()
                .filter(each -> each.path("driver").asText().equals(driver))
                .findFirst();
        if (chosen.isEmpty()) {
            throw refused("the cluster has no VolumeSnapshotClass for the driver of " + order.claim() + " ("
                    + (driver.isEmpty() ? "which the tenant may not look at" : driver)
                    + "). Ask its administrators for one, or save the data by the program's own means.");
        }
        Optional<JsonNode> there = api.find(ref);
        if (there.isPresent()) {
            boolean same = origin.owns(there.get())
                    && there.get()
                            .at("/spec/source/persistentVolumeClaimName")
                            .asText()
                            .equals(order.claim());
            if (same) {
                return "The snapshot " + order.value() + " of " + order.claim() + " is there.";
            }
            throw refused("there is another snapshot " + order.value() + ". Give this one another name.");
        }
        if (!claim.path("status").path("phase").asText().equals("Bound")) {
            throw refused(order.claim() + " has no volume yet, so there is nothing to take a snapshot of.");
        }
        ObjectNode object = object(StorageKinds.SNAPSHOT, order.value());
        ObjectNode annotations = object.withObjectProperty("metadata").withObjectProperty("annotations");
        annotations.put(CLASS_OF, storageClass);
        annotations.put(MODE_OF, claim.path("spec").path("accessModes").path(0).asText("ReadWriteOnce"));
        annotations.put(SIZE_OF, Claims.size(claim));
        ObjectNode spec = object.putObject("spec");
        spec.put("volumeSnapshotClassName", StorageReader.name(chosen.get()));
        spec.putObject("source").put("persistentVolumeClaimName", order.claim());
        api.apply(ref, object, false);
        return "A snapshot " + order.value() + " of " + order.claim()
                + " is taken: the files as they are at this moment, as after a power cut.";
    }

    private String restore(VolumeOrder order) throws StorageException, KubeException {
        JsonNode snapshot = own(StorageKinds.SNAPSHOT, order.value());
        ObjectRef ref = ref(StorageKinds.CLAIM, order.claim());
        Optional<JsonNode> there = api.find(ref);
        if (there.isPresent()) {
            boolean same = origin.owns(there.get())
                    && there.get().at("/spec/dataSource/name").asText().equals(order.value());
            if (same) {
                return order.claim() + " of the snapshot " + order.value() + " is there.";
            }
            throw refused("there is a claim " + order.claim()
                    + " already, and a snapshot is restored into a new one only, so that nothing is overwritten. Give another"
                    + " name.");
        }
        if (!snapshot.path("status").path("readyToUse").asBoolean()) {
            throw refused("the snapshot " + order.value() + " is not ready. Wait until the tab Storage says so. "
                    + snapshot.at("/status/error/message").asText(""));
        }
        JsonNode annotations = snapshot.path("metadata").path("annotations");
        String needs = snapshot.path("status").path("restoreSize").asText("");
        String size = annotations.path(SIZE_OF).asText(needs);
        if (size.isEmpty() || (!needs.isEmpty() && Claims.bytes(needs).compareTo(Claims.bytes(size)) > 0)) {
            size = needs;
        }
        String storageClass = annotations.path(CLASS_OF).asText("");
        if (!rules.allows(storageClass)) {
            throw refused("the snapshot is of the StorageClass " + storageClass
                    + ", which this tenant may not use any more. Ask an administrator for it.");
        }
        Growth.room(api, rules, Claims.bytes(size));
        ObjectNode object = object(StorageKinds.CLAIM, order.claim());
        ObjectNode spec = object.putObject("spec");
        spec.putArray("accessModes").add(annotations.path(MODE_OF).asText("ReadWriteOnce"));
        spec.put("storageClassName", storageClass);
        spec.putObject("resources").putObject("requests").put("storage", size);
        spec.putObject("dataSource")
                .put("apiGroup", StorageKinds.SNAPSHOT.group())
                .put("kind", StorageKinds.SNAPSHOT.kind())
                .put("name", order.value());
        api.apply(ref, object, false);
        return "The claim " + order.claim() + " (" + size + ") is made of the snapshot " + order.value()
                + ". Deploy with volume(name: ..., mountPath: ..., claim: '" + order.claim() + "') to use it.";
    }

    /**
     * How far an order is.
     *
     * @return a line about what it waits for, empty when it is done
     */
    public Optional<String> pending(VolumeOrder order) throws StorageException, KubeException {
        if (order.way() == VolumeOrder.Way.SNAPSHOT) {
            JsonNode status = own(StorageKinds.SNAPSHOT, order.value()).path("status");
            return status.path("readyToUse").asBoolean()
                    ? Optional.empty()
                    : Optional.of("waiting for the snapshot. "
                            + status.path("error").path("message").asText(""));
        }
        JsonNode claim = own(StorageKinds.CLAIM, order.claim());
        String capacity = claim.path("status").path("capacity").path("storage").asText("");
        boolean large = !capacity.isEmpty() && Claims.bytes(capacity).compareTo(Claims.bytes(Claims.size(claim))) >= 0;
        if (order.way() == VolumeOrder.Way.GROW && large) {
            return Optional.empty();
        }
        boolean bound = claim.path("status").path("phase").asText().equals("Bound");
        String why = reader.trouble(claim);
        // A class that binds late makes the volume when the first pod wants it.
        if (order.way() == VolumeOrder.Way.RESTORE && (bound || why.startsWith("WaitForFirstConsumer"))) {
            return Optional.empty();
        }
        return Optional.of(order.claim() + ": "
                + claim.path("status").path("phase").asText("Pending") + " " + capacity + " of " + Claims.size(claim)
                + (why.isEmpty() ? "" : ". " + why));
    }

    /** Deletes a claim with its data; refused while anything uses it. */
    public String deleteClaim(String name) throws StorageException, KubeException {
        JsonNode live = own(StorageKinds.CLAIM, name);
        List<String> pods = reader.users().getOrDefault(name, List.of());
        if (!pods.isEmpty() || reader.mounted().contains(name)) {
            throw refused("the claim " + name + " is in use by "
                    + (pods.isEmpty() ? "the application as it is deployed" : String.join(", ", pods))
                    + ". Deploy without the volume first.");
        }
        api.delete(
                ref(StorageKinds.CLAIM, name), live.path("metadata").path("uid").asText());
        return "The claim " + name + " (" + Claims.size(live) + ") was deleted with its data.";
    }

    /** Deletes a snapshot. */
    public String deleteSnapshot(String name) throws StorageException, KubeException {
        JsonNode live = own(StorageKinds.SNAPSHOT, name);
        api.delete(
                ref(StorageKinds.SNAPSHOT, name),
                live.path("metadata").path("uid").asText());
        return "The snapshot " + name + " was deleted.";
    }

    private JsonNode own(ResourceKind kind, String name) throws StorageException, KubeException {
        return api.find(ref(kind, name))
                .filter(origin::owns)
                .orElseThrow(() -> refused("there is no " + kind.kind() + " " + name
                        + " of this application in the namespace " + subject.namespace()
                        + ". The tab Storage lists what there is."));
    }

    private ObjectNode object(ResourceKind kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("name", name).put("namespace", subject.namespace());
        metadata.putObject("labels").put("app.kubernetes.io/name", subject.application());
        origin.stamp(metadata);
        return object;
    }

    private ObjectRef ref(ResourceKind kind, String name) {
        return new ObjectRef(kind, subject.namespace(), name);
    }

    private StorageException refused(String why) {
        return new StorageException("Cannot change the storage of " + subject + ": " + why);
    }
}
