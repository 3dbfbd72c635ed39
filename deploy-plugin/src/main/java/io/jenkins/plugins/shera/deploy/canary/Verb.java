package io.jenkins.plugins.shera.deploy.canary;

/**
 * What a person, or its release set, tells a rollout.
 *
 * @param by id of the user
 * @param weight for SET_WEIGHT
 * @param set whether the release set says so, for which its members wait
 */
public record Verb(Kind kind, String by, int weight, boolean set) {

    /** What a person says. */
    public Verb(Kind kind, String by, int weight) {
        this(kind, by, weight, false);
    }

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
        DECIDE_ABORT("decideAbort"),
        /** Likewise: somebody agreed to the promotion of the whole set. */
        APPROVE("approve"),
        /** Likewise: the steps to come are left out, up to where all members wait for each other last. */
        SKIP("skip");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As steps, pages and REST spell it. */
        public String text() {
            return text;
        }

        /** Whether only a release set says this. */
        public boolean isForSets() {
            return this == DECIDE_PROMOTE || this == DECIDE_ABORT || this == APPROVE || this == SKIP;
        }
    }

    /** A verb without a weight. */
    public static Verb of(Kind kind, String by) {
        return new Verb(kind, by, 0);
    }

    /** What a release set says, in somebody's name. */
    public static Verb ofSet(Kind kind, String by) {
        return new Verb(kind, by, 0, true);
    }
}
