package io.jenkins.plugins.shera.deploy.analysis;

/**
 * Where a value is good and where it is bad; each bound may be null. Between the good range and a wider bad bound lies what nobody can
 * tell.
 *
 * @param min good from here on
 * @param max good up to here
 * @param failMin bad below; null for the same as {@code min}
 * @param failMax bad above; null for the same as {@code max}
 */
public record Bounds(Double min, Double max, Double failMin, Double failMax) {

    /** Refuses bounds that no value could meet. */
    public Bounds {
        for (Double bound : new Double[] {min, max, failMin, failMax}) {
            if (bound != null && !Double.isFinite(bound)) {
                throw new IllegalArgumentException("analysis: a bound must be a finite number.");
            }
        }
        if (min == null && max == null) {
            throw new IllegalArgumentException("analysis: give at least one bound, min or max.");
        }
        if (min != null && max != null && min > max) {
            throw new IllegalArgumentException("analysis: min " + min + " is above max " + max + ".");
        }
        if (failMin != null && (min == null || failMin > min) || failMax != null && (max == null || failMax < max)) {
            throw new IllegalArgumentException(
                    "analysis: failMin must not be above min, failMax must not be below max, and each needs the other.");
        }
    }

    Verdict judge(double value) {
        if ((min == null || value >= min) && (max == null || value <= max)) {
            return Verdict.SUCCESSFUL;
        }
        double lowest = failMin != null ? failMin : min != null ? min : Double.NEGATIVE_INFINITY;
        double highest = failMax != null ? failMax : max != null ? max : Double.POSITIVE_INFINITY;
        return value < lowest || value > highest ? Verdict.FAILED : Verdict.INCONCLUSIVE;
    }

    /** For people: {@code 0.5 to 1}. */
    public String text() {
        return min == null
                ? "at most " + number(max)
                : max == null ? "at least " + number(min) : number(min) + " to " + number(max);
    }

    static String number(double value) {
        return Double.isFinite(value)
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
