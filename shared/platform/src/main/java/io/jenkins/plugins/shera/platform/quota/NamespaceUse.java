package io.jenkins.plugins.shera.platform.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.platform.input.Quantity;
import java.math.BigDecimal;
import java.util.Set;

/**
 * Reads what one namespace asks for, uses and may use: requests of its pods and claims, metrics.k8s.io where the cluster has it,
 * and its ResourceQuotas.
 */
public final class NamespaceUse {

    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private NamespaceUse() {}

    /** Asks the cluster, four requests. */
    public static Use read(KubeApi api, String namespace) throws KubeException {
        String core = "/api/v1/namespaces/" + namespace;
        BigDecimal cpu = BigDecimal.ZERO;
        BigDecimal memory = BigDecimal.ZERO;
        int pods = 0;
        for (JsonNode pod : api.get(core + "/pods").path("items")) {
            if (!OVER.contains(pod.path("status").path("phase").asText())) {
                pods++;
                cpu = cpu.add(request(pod.path("spec"), "cpu"));
                memory = memory.add(request(pod.path("spec"), "memory"));
            }
        }
        BigDecimal claimed = BigDecimal.ZERO;
        BigDecimal bound = BigDecimal.ZERO;
        for (JsonNode claim : api.get(core + "/persistentvolumeclaims").path("items")) {
            claimed = claimed.add(quantity(
                    claim.path("spec").path("resources").path("requests").path("storage")));
            bound = bound.add(quantity(claim.path("status").path("capacity").path("storage")));
        }
        JsonNode quotas = api.get(core + "/resourcequotas").path("items");
        JsonNode metrics = metrics(api, namespace);
        BigDecimal podCount = BigDecimal.valueOf(pods);
        return new Use(
                new Amount(cpu, used(metrics, "cpu"), hard(quotas, "requests.cpu", "cpu")),
                new Amount(memory, used(metrics, "memory"), hard(quotas, "requests.memory", "memory")),
                new Amount(podCount, podCount, hard(quotas, "pods", "count/pods")),
                new Amount(claimed, bound, hard(quotas, "requests.storage", "requests.storage")));
    }

    /** What the scheduler reserves: containers together, or the largest init container, plus the overhead. */
    private static BigDecimal request(JsonNode spec, String resource) {
        BigDecimal together = BigDecimal.ZERO;
        for (JsonNode container : spec.path("containers")) {
            together = together.add(
                    quantity(container.path("resources").path("requests").path(resource)));
        }
        BigDecimal first = BigDecimal.ZERO;
        for (JsonNode container : spec.path("initContainers")) {
            first = first.max(
                    quantity(container.path("resources").path("requests").path(resource)));
        }
        return together.max(first).add(quantity(spec.path("overhead").path(resource)));
    }

    private static JsonNode metrics(KubeApi api, String namespace) throws KubeException {
        try {
            return api.get("/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods");
        } catch (KubeException e) {
            switch (e.kind()) {
                case NOT_FOUND, FORBIDDEN, OVERLOADED:
                    // No metrics server, or not for us: what is used is then not known.
                    return null;
                default:
                    throw e;
            }
        }
    }

    private static BigDecimal used(JsonNode metrics, String resource) {
        if (metrics == null) {
            return null;
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode pod : metrics.path("items")) {
            for (JsonNode container : pod.path("containers")) {
                sum = sum.add(quantity(container.path("usage").path(resource)));
            }
        }
        return sum;
    }

    private static BigDecimal hard(JsonNode quotas, String name, String otherName) {
        BigDecimal lowest = null;
        for (JsonNode quota : quotas) {
            JsonNode hard = quota.path("status").path("hard");
            for (JsonNode bound : new JsonNode[] {hard.path(name), hard.path(otherName)}) {
                if (!bound.isMissingNode()) {
                    BigDecimal amount = quantity(bound);
                    lowest = lowest == null ? amount : lowest.min(amount);
                }
            }
        }
        return lowest;
    }

    private static BigDecimal quantity(JsonNode text) {
        return text.isMissingNode() ? BigDecimal.ZERO : Quantity.amount("quantity", text.asText());
    }
}
