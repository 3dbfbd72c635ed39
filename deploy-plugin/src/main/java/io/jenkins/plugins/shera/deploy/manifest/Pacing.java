package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.regex.Pattern;

/** How a rolling update replaces pods: how many more, how many fewer, and how long a pod must have been ready. */
public final class Pacing implements Serializable {

    private static final long serialVersionUID = 1;
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}|[0-9]{1,2}%|100%)?");
    private static final int LONGEST = 3600;

    /** Nothing is said: a quarter more at a time, none fewer. */
    public static final Pacing USUAL = new Pacing("", "", 0);

    private final String maxSurge;
    private final String maxUnavailable;
    private final int minReadySeconds;

    /**
     * Checked when it is made.
     *
     * @param maxSurge pods or percent, null or empty for 25%
     * @param maxUnavailable pods or percent, null or empty for 0
     * @param minReadySeconds 0 for what is usual
     * @throws IllegalArgumentException naming the parameter and what to give instead
     */
    public Pacing(String maxSurge, String maxUnavailable, int minReadySeconds) {
        String wanted = "a number of pods such as 2, or a share such as 25%";
        this.maxSurge = ApplicationSpec.checked("maxSurge", maxSurge == null ? "" : maxSurge, SHARE, wanted);
        this.maxUnavailable =
                ApplicationSpec.checked("maxUnavailable", maxUnavailable == null ? "" : maxUnavailable, SHARE, wanted);
        this.minReadySeconds = minReadySeconds;
        boolean none = this.maxUnavailable.isEmpty() || isZero(this.maxUnavailable);
        if (!this.maxSurge.isEmpty() && isZero(this.maxSurge) && none) {
            throw ApplicationSpec.refused(
                    "maxSurge",
                    this.maxSurge,
                    "more than 0, or maxUnavailable more than 0: else no pod could ever be replaced");
        }
        if (minReadySeconds < 0 || minReadySeconds > LONGEST) {
            throw ApplicationSpec.refused(
                    "minReadySeconds", String.valueOf(minReadySeconds), "seconds from 0 to " + LONGEST);
        }
    }

    private static boolean isZero(String share) {
        return share.matches("0+%?");
    }

    /** Whether the strategy was named, which a Deployment that replaces all pods at once cannot have. */
    boolean isNamed() {
        return !maxSurge.isEmpty() || !maxUnavailable.isEmpty();
    }

    int minReadySeconds() {
        return minReadySeconds;
    }

    void into(ObjectNode rollingUpdate) {
        put(rollingUpdate, "maxSurge", maxSurge.isEmpty() ? "25%" : maxSurge);
        put(rollingUpdate, "maxUnavailable", maxUnavailable.isEmpty() ? "0" : maxUnavailable);
    }

    private static void put(ObjectNode node, String name, String share) {
        if (share.endsWith("%")) {
            node.put(name, share);
        } else {
            node.put(name, Integer.parseInt(share));
        }
    }
}
