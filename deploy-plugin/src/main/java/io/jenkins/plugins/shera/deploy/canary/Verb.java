package io.jenkins.plugins.shera.deploy.canary;

/**
 * What a person tells a rollout.
 *
 * @param by id of the user
 * @param weight for SET_WEIGHT
 */
public record Verb(Kind kind, String by, int weight) {

    /** The verbs. */
    public enum Kind {
        PROMOTE("promote"),
        PROMOTE_FULL("promoteFull"),
        PAUSE("pause"),
        RESUME("resume"),
        ABORT("abort"),
        RETRY("retry"),
        SET_WEIGHT("setWeight"),
        /** Only a release set says this: what it decided for all its members, recorded before any of them acts on it. */
        DECIDE_PROMOTE("decidePromote"),
        /** Likewise; it wins over a decision to promote. */
        DECIDE_ABORT("decideAbort");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As steps, pages and REST spell it. */
        public String text() {
            return text;
        }
    }

    /** A verb without a weight. */
    public static Verb of(Kind kind, String by) {
        return new Verb(kind, by, 0);
    }
}
