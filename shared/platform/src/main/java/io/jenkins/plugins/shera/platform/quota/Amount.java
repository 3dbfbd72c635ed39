package io.jenkins.plugins.shera.platform.quota;

import java.math.BigDecimal;

/** How much of one resource is asked for, used and allowed, in its base unit; null is not known, or no bound. */
public record Amount(BigDecimal asked, BigDecimal used, BigDecimal allowed) {

    static final Amount UNKNOWN = new Amount(null, null, null);

    /** Both together; what one of them does not know, the sum does not know. */
    Amount plus(Amount other) {
        return new Amount(sum(asked, other.asked), sum(used, other.used), sum(allowed, other.allowed));
    }

    private static BigDecimal sum(BigDecimal a, BigDecimal b) {
        return a == null || b == null ? null : a.add(b);
    }
}
