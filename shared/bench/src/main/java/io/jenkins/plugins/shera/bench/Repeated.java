package io.jenkins.plugins.shera.bench;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** Work done several times over, and how long it took. */
public final class Repeated {
    private Repeated() {}

    /** The median in milliseconds of so many runs, after so many that do not count. */
    public static double medianMillis(int warmUp, int runs, Callable<?> work) throws Exception {
        double[] took = new double[runs];
        for (int i = -warmUp; i < runs; i++) {
            long start = System.nanoTime();
            work.call();
            if (i >= 0) {
                took[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return percentile(took, 50);
    }

    /** A percentile by nearest rank; of nothing it is not a number. */
    public static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }
}
