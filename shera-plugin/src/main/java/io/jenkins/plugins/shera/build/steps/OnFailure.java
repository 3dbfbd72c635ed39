package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.Locale;

/** What becomes of a build when something is not as it should be. */
enum OnFailure {
    /** The step fails. */
    FAIL,
    /** The build is marked unstable and goes on. */
    UNSTABLE,
    /** The build goes on; the log says it. */
    CONTINUE;

    /** As users write it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OnFailure parse(String parameter, String text) {
        for (OnFailure each : values()) {
            if (each.text().equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                parameter + " is " + Quoted.of(text) + ": give 'fail', 'unstable' or 'continue'.");
    }
}
