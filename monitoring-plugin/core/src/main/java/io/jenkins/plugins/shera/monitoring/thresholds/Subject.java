package io.jenkins.plugins.shera.monitoring.thresholds;

import io.jenkins.plugins.shera.monitoring.promql.Matcher;

/**
 * Whose measurements: one application in one namespace. By the names that deployments give: the container is called as the
 * application, its pods {@code <application>-<hash>-<random>}, those of a canary {@code <application>-canary-<hash>-<random>}.
 *
 * @param side {@code stable}, {@code canary}, or empty for both
 */
public record Subject(String namespace, String application, String side) {

    private static final String HASHES = "-[0-9a-z]+-[0-9a-z]+";

    /** Both sides of an application. */
    public static Subject of(String namespace, String application) {
        return new Subject(namespace, application, "");
    }

    Matcher inNamespace() {
        return Matcher.equal("namespace", namespace);
    }

    Matcher inContainer() {
        return Matcher.equal("container", application);
    }

    Matcher inPods() {
        return Matcher.regex("pod", pods());
    }

    /** A regular expression (RE2) that the whole name of a pod fits. */
    public String pods() {
        String name = Matcher.literal(application);
        return switch (side) {
            case "stable" -> name + HASHES;
            case "canary" -> name + "-canary" + HASHES;
            default -> name + "(-canary)?" + HASHES;
        };
    }
}
