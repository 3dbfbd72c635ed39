package io.jenkins.plugins.shera.platform.extension;

/**
 * What an image may be trusted for.
 *
 * @param word {@code OK}, {@code ERROR}, {@code NONE}, {@code not-run}, {@code unbound}, {@code hand-made}, {@code forged} or
 *     {@code unknown}
 * @param why in one sentence
 * @param debug whether it bears debug tools
 */
public record ImageStanding(String word, String why, boolean debug) {
    /** The word for an image that nobody here knows anything of. */
    public static final String UNKNOWN = "unknown";
}
