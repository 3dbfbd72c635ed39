package io.jenkins.plugins.shera.monitoring.thresholds;

/** Where a threshold was set; the later one wins. */
public enum Level {
    PLATFORM,
    TENANT,
    APPLICATION,
    ENVIRONMENT;

    /** As pages and REST spell it. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
