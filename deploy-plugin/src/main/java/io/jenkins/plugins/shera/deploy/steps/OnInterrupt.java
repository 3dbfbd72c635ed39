package io.jenkins.plugins.shera.deploy.steps;

import java.util.Locale;

/** What happens in the cluster when a build is stopped or timed out while its step waits. */
enum OnInterrupt {
    /** Everything stays as it is; the cluster goes on by itself. */
    HOLD,
    /** What was there before is put back. */
    ABORT;

    static OnInterrupt parse(String text) {
        for (OnInterrupt value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' cannot be the parameter onInterrupt. Give 'hold' or 'abort'.");
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
