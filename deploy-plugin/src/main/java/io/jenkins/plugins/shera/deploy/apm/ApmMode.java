package io.jenkins.plugins.shera.deploy.apm;

import java.util.Arrays;
import java.util.Locale;

/** Which pods of an application carry an agent. */
public enum ApmMode {
    /** None. */
    OFF,
    /** Those of a canary only; stable ones do not. */
    CANARY,
    /** All. */
    ON;

    /** The word people use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of this word.
     *
     * @throws IllegalArgumentException naming the words there are
     */
    public static ApmMode of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word
                        + "' cannot be the parameter mode. Give 'off', 'canary' (the pods of canaries only) or 'on'."));
    }
}
