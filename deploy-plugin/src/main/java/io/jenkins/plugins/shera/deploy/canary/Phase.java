package io.jenkins.plugins.shera.deploy.canary;

/** Where a rollout stands, in the words of the pages. */
public enum Phase {
    /** Recorded; nothing was changed yet. */
    INITIALIZED("Initialized"),
    /** Moves through its steps. */
    PROGRESSING("Progressing"),
    /** Holds its weight until somebody says how to go on. */
    PAUSED("Paused"),
    /** The stable side takes over the new revision. */
    PROMOTING("Promoting"),
    /** The new revision is stable, and nothing of the rollout is left. */
    HEALTHY("Healthy"),
    /** It cannot go on by itself, and does not go back by itself either. */
    DEGRADED("Degraded"),
    /** Everything goes to stable again; stays so until somebody starts or retries. */
    ABORTED("Aborted"),
    /** The revision before was made stable again. */
    ROLLED_BACK("RolledBack");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** As pages and REST spell it. */
    public String text() {
        return text;
    }

    /** The phase spelled like this. */
    static Phase of(String text) {
        for (Phase phase : values()) {
            if (phase.text.equals(text)) {
                return phase;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no phase of a rollout.");
    }

    /** Whether it has come to an end, apart from tidying up. */
    public boolean isEnd() {
        return this == HEALTHY || this == ABORTED || this == ROLLED_BACK;
    }
}
