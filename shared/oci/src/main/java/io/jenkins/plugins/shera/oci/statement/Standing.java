package io.jenkins.plugins.shera.oci.statement;

/** What an image may be trusted for. */
public enum Standing {
    /** The gate was passed, for exactly this build; somebody trusted says so. */
    OK("OK"),
    /** The gate failed. */
    ERROR("ERROR"),
    /** The project has no gate. */
    NONE("NONE"),
    /** Built by us without an analysis. */
    NOT_RUN("not-run"),
    /** There was an analysis, but it is not tied to this build. */
    UNBOUND("unbound"),
    /** Packaged from a container somebody worked in. */
    HAND_MADE("hand-made"),
    /** It bears labels of ours that nobody trusted stands for. */
    FORGED("forged"),
    /** Nothing of ours is on it. */
    UNKNOWN("unknown");

    private final String word;

    Standing(String word) {
        this.word = word;
    }

    /** The word that labels, pages and policies use. */
    public String word() {
        return word;
    }

    /** The standing a gate's word gives; {@link #FORGED} for a word we never write. */
    static Standing ofGate(String word) {
        for (Standing standing : values()) {
            if (standing.word.equals(word) && standing.ordinal() < HAND_MADE.ordinal()) {
                return standing;
            }
        }
        return FORGED;
    }
}
