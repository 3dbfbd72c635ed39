package io.jenkins.plugins.shera.deploy.analysis;

/** What an analysis comes to. */
public enum Verdict {
    /** Good enough; the rollout goes on. */
    SUCCESSFUL("Successful"),
    /** Measured, and bad; the rollout goes back. */
    FAILED("Failed"),
    /** Measured, and neither good nor bad; a person decides. */
    INCONCLUSIVE("Inconclusive"),
    /** Could not be measured; never a pass, the rollout goes back. */
    ERROR("Error");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** As pages and REST spell it. */
    public String text() {
        return text;
    }

    /** The verdict spelled like this. */
    public static Verdict of(String text) {
        for (Verdict verdict : values()) {
            if (verdict.text.equals(text)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no verdict.");
    }
}
