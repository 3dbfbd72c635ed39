package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.Quota;
import io.jenkins.plugins.shera.platform.input.Quantity;
import io.jenkins.plugins.shera.platform.quota.Amount;
import io.jenkins.plugins.shera.platform.quota.Use;
import java.math.BigDecimal;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The use of one namespace, or of all together, as reads give it. */
@ExportedBean(defaultVisibility = 999)
public final class UseRow {

    private final String cluster;
    private final String namespace;
    private final String error;
    private final Use use;

    UseRow(String cluster, String namespace, String error, Use use) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.error = error;
        this.use = use;
    }

    Use use() {
        return use;
    }

    /** The same amounts against a tenant's bounds; where it has none, against the sum of the namespaces'. */
    static Use bounded(Use sum, Quota quota) {
        return new Use(
                bounded(sum.cpu(), quota.getCpu()),
                bounded(sum.memory(), quota.getMemory()),
                bounded(sum.pods(), quota.getPods()),
                bounded(sum.storage(), quota.getStorage()));
    }

    private static Amount bounded(Amount amount, String bound) {
        BigDecimal allowed = Quantity.amount("quota", bound);
        return allowed == null ? amount : new Amount(amount.asked(), amount.used(), allowed);
    }

    @Exported
    public String getCluster() {
        return cluster;
    }

    @Exported
    public String getNamespace() {
        return namespace;
    }

    /** Why the amounts are not known, empty when they are. */
    @Exported
    public String getError() {
        return error;
    }

    @Exported
    public AmountFacts getCpu() {
        return new AmountFacts(use.cpu());
    }

    @Exported
    public AmountFacts getMemory() {
        return new AmountFacts(use.memory());
    }

    @Exported
    public AmountFacts getPods() {
        return new AmountFacts(use.pods());
    }

    @Exported
    public AmountFacts getStorage() {
        return new AmountFacts(use.storage());
    }

    /** Asked, used, allowed; null is not known, or no bound. */
    @ExportedBean(defaultVisibility = 999)
    public static final class AmountFacts {
        private final Amount amount;

        AmountFacts(Amount amount) {
            this.amount = amount;
        }

        @Exported
        public Double getAsked() {
            return number(amount.asked());
        }

        @Exported
        public Double getUsed() {
            return number(amount.used());
        }

        @Exported
        public Double getAllowed() {
            return number(amount.allowed());
        }

        private static Double number(BigDecimal value) {
            return value == null ? null : value.doubleValue();
        }
    }
}
