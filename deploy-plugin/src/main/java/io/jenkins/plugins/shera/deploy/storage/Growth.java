package io.jenkins.plugins.shera.deploy.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import java.math.BigDecimal;

/** Whether a claim can grow, whether there is room for it, and the act itself. */
final class Growth {

    private static final BigDecimal MEBI = BigDecimal.valueOf(1L << 20);

    private Growth() {}

    /** Refuses where the class cannot, or the claim has no volume yet. */
    static void check(KubeApi api, String claim, JsonNode live) throws StorageException, KubeException {
        if (!live.path("status").path("phase").asText().equals("Bound")) {
            throw new StorageException("the claim " + claim + " is "
                    + live.path("status").path("phase").asText("Pending")
                    + ", and only one that is Bound can grow. Wait, or look at the tab Storage for what it waits for.");
        }
        String name = live.path("spec").path("storageClassName").asText("");
        boolean can = StorageClassFacts.all(api)
                .map(all -> all.stream().anyMatch(each -> each.name().equals(name) && each.expands()))
                .orElse(true);
        if (!can) {
            throw new StorageException("the claim " + claim + " has the StorageClass " + name
                    + ", whose volumes cannot grow (allowVolumeExpansion). Restore a snapshot of it into a larger claim, or"
                    + " keep its size.");
        }
    }

    /** Refuses what would not fit into the tenant's quota. */
    static void room(KubeApi api, StorageRules rules, BigDecimal more) throws StorageException, KubeException {
        if (rules.most() == null || more.signum() <= 0) {
            return;
        }
        BigDecimal used = BigDecimal.ZERO;
        for (String namespace : rules.namespaces()) {
            for (JsonNode claim : api.list(StorageKinds.CLAIM, namespace, "", "")) {
                used = used.add(Claims.bytes(Claims.size(claim)));
            }
        }
        if (used.add(more).compareTo(rules.most()) > 0) {
            throw new StorageException(mebi(more) + " more of storage would go over the tenant's quota: "
                    + mebi(used) + " of " + mebi(rules.most())
                    + " are claimed. Delete claims on the tab Storage, or ask an administrator for more.");
        }
    }

    private static String mebi(BigDecimal bytes) {
        return bytes.divide(MEBI, 0, java.math.RoundingMode.CEILING).toPlainString() + " MiB";
    }

    static void to(KubeApi api, ObjectRef claim, String size) throws KubeException {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.putObject("spec").putObject("resources").putObject("requests").put("storage", size);
        api.merge(claim, fields);
    }
}
