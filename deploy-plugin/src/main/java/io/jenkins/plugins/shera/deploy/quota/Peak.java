package io.jenkins.plugins.shera.deploy.quota;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.kube.api.KubeApi;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.input.Quantity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The pods a release has at its peak, against the ResourceQuotas of its namespace: a pod that the quota refuses would let the release
 * hang until its time is over.
 */
public final class Peak {

    private static final ResourceKind QUOTA = new ResourceKind("v1", "ResourceQuota", "resourcequotas", true);

    private final KubeApi api;
    private final String namespace;

    /** In this namespace. */
    public Peak(KubeApi api, String namespace) {
        this.api = api;
        this.namespace = namespace;
    }

    /**
     * Pods that come besides those that are there when a Deployment is changed.
     *
     * @param now pods that are there
     * @param wanted pods that are asked for
     * @param replaces whether the old ones end before new ones start
     */
    public static int besides(int now, int wanted, boolean replaces) {
        int more = Math.max(0, wanted - now);
        // One more is enough for a rolling update to go on, if slowly.
        return more > 0 || replaces || wanted == 0 ? more : 1;
    }

    /**
     * Looks whether so many more pods of this template fit.
     *
     * @return why they do not, as a sentence for people; empty when they do, or when the tenant may not look at quotas
     */
    public Optional<String> over(JsonNode template, int pods) throws KubeException {
        if (pods <= 0) {
            return Optional.empty();
        }
        for (JsonNode quota : quotas()) {
            JsonNode hard = quota.path("status").path("hard");
            boolean all = quota.path("spec").path("scopes").isEmpty()
                    && quota.path("spec").path("scopeSelector").isMissingNode();
            for (String name : all ? names(hard) : new String[0]) {
                BigDecimal each = need(template, name);
                BigDecimal used =
                        amount(quota.path("status").path("used").path(name).asText("0"));
                BigDecimal needed = each.multiply(BigDecimal.valueOf(pods));
                BigDecimal allowed = amount(hard.path(name).asText("0"));
                if (each.signum() > 0 && used.add(needed).compareTo(allowed) > 0) {
                    return Optional.of("it needs " + pods + " more pod" + (pods == 1 ? "" : "s")
                            + " at its peak, and the"
                            + " ResourceQuota "
                            + quota.path("metadata").path("name").asText() + " of the namespace " + namespace
                            + " would refuse them: " + name + " "
                            + quota.path("status").path("used").path(name).asText("0") + " of "
                            + hard.path(name).asText() + " are used and " + plain(needed)
                            + " more are needed. Ask for fewer pods or less for each, scale something else down, or let an"
                            + " administrator raise the quota.");
                }
            }
        }
        return Optional.empty();
    }

    private Iterable<JsonNode> quotas() throws KubeException {
        try {
            return api.list(QUOTA, namespace, "", "");
        } catch (KubeException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return java.util.List.of();
            }
            throw e;
        }
    }

    private static String[] names(JsonNode hard) {
        return hard.properties().stream().map(java.util.Map.Entry::getKey).toArray(String[]::new);
    }

    /** What one pod takes of a resource as quotas name it; nothing of what we do not know. */
    private static BigDecimal need(JsonNode template, String name) {
        return switch (name) {
            case "pods", "count/pods" -> BigDecimal.ONE;
            case "cpu", "requests.cpu" -> sum(template, "requests", "cpu");
            case "memory", "requests.memory" -> sum(template, "requests", "memory");
            case "limits.cpu" -> sum(template, "limits", "cpu");
            case "limits.memory" -> sum(template, "limits", "memory");
            default -> BigDecimal.ZERO;
        };
    }

    private static BigDecimal sum(JsonNode template, String kind, String resource) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode container : template.path("spec").path("containers")) {
            sum = sum.add(one(container, kind, resource));
        }
        // Init containers run before the others, one after another: the largest counts where it is more than all
        // others.
        for (JsonNode container : template.path("spec").path("initContainers")) {
            sum = sum.max(one(container, kind, resource));
        }
        return sum;
    }

    private static BigDecimal one(JsonNode container, String kind, String resource) {
        JsonNode resources = container.path("resources");
        String limit = resources.path("limits").path(resource).asText("0");
        // A container that names only its limit asks for as much.
        return amount(resources.path(kind).path(resource).asText(limit));
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.amount("quota", quantity);
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
