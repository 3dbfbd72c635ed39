package io.jenkins.plugins.shera.deploy.middleware;

import java.math.BigInteger;

/** Compares versions by their numbers: 10.11 is later than 10.6. */
final class Versions {

    private Versions() {}

    static int compare(String left, String right) {
        String[] mine = left.split("[^0-9]+");
        String[] other = right.split("[^0-9]+");
        for (int i = 0; i < Math.min(mine.length, other.length); i++) {
            int order = number(mine[i]).compareTo(number(other[i]));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static BigInteger number(String digits) {
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits);
    }
}
