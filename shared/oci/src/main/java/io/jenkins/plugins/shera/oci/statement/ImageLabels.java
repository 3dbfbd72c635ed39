package io.jenkins.plugins.shera.oci.statement;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The labels in an image's configuration that only the suite writes. */
public final class ImageLabels {
    /** Every label of ours begins so. */
    public static final String OURS = "io.shera.";
    /** The word of the quality gate: {@code OK}, {@code ERROR}, {@code NONE}, {@code not-run} or {@code unbound}. */
    public static final String GATE = OURS + "quality.gate";
    /** {@code true} on an image that was packaged from a container somebody worked in. */
    public static final String HAND_MADE = OURS + "hand-made";
    /** Digest of the image a hand-made one was packaged on. */
    public static final String HAND_MADE_ON = OURS + "hand-made.on";

    /** Lists the bundles of debug tools on an image. */
    public static final String DEBUG_TOOLS = OURS + "debug.tools";
    /** In a statement: the build that says it. */
    public static final String BUILD = OURS + "build";

    private ImageLabels() {}

    /** Whether a label pretends to be ours, whatever its case or the spaces around it. */
    public static boolean isOurs(String label) {
        String plain = label.strip().toLowerCase(Locale.ROOT);
        return plain.startsWith(OURS) || plain.equals(OURS.substring(0, OURS.length() - 1));
    }

    /** The same labels without ours. */
    public static Map<String, String> withoutOurs(Map<String, String> labels) {
        Map<String, String> others = new TreeMap<>(labels);
        others.keySet().removeIf(ImageLabels::isOurs);
        return others;
    }
}
