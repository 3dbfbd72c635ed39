package io.jenkins.plugins.shera.deploy.policy;

import java.util.Set;

/** What an environment demands of the images that come in, by the word of their standing. */
public enum ImageDemand {
    /** Whatever there is. */
    ANY(Set.of(), "any image"),
    /** What this Jenkins built and no gate refused. */
    BUILT(Set.of("OK", "NONE", "not-run", "unbound"), "images built here that no quality gate refused"),
    /** What passed its gate and bears no debug tools. */
    PASSED(Set.of("OK"), "images without debug tools that passed their quality gate");

    private final Set<String> standings;
    private final String words;

    ImageDemand(Set<String> standings, String words) {
        this.standings = standings;
        this.words = words;
    }

    /** Of the policy's word; one that is not known demands the most. */
    public static ImageDemand of(String policy) {
        for (ImageDemand demand : values()) {
            if (demand.name().equalsIgnoreCase(policy)) {
                return demand;
            }
        }
        return PASSED;
    }

    /** Whether an image of this standing, with or without debug tools, may come in. */
    public boolean accepts(String standing, boolean debug) {
        return this == ANY || standings.contains(standing) && !(debug && this == PASSED);
    }

    /** What may come in, for messages. */
    public String words() {
        return words;
    }
}
