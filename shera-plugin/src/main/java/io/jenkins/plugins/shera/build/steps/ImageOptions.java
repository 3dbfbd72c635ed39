package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.builders.BuilderKind;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.image.Quoted;
import io.jenkins.plugins.shera.oci.statement.ImageLabels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who builds an image, which stage of the Dockerfile, for which platforms, and the user's own labels; checked. */
final class ImageOptions implements Serializable {
    /** The usual ones. */
    static final ImageOptions NONE = new ImageOptions(null, null, new ArrayList<>(), new TreeMap<>(), false);

    private static final long serialVersionUID = 1L;
    private static final int MOST_PLATFORMS = 10;
    private static final int MOST_LABELS = 100;
    private static final int LONGEST_LABEL = 4096;

    /** Null for whoever can. */
    final BuilderKind builder;
    /** Null for the last stage. */
    final String target;

    private final ArrayList<Platform> platforms;
    private final TreeMap<String, String> labels;
    private final boolean withoutSbom;

    private ImageOptions(
            BuilderKind builder,
            String target,
            ArrayList<Platform> platforms,
            TreeMap<String, String> labels,
            boolean withoutSbom) {
        this.withoutSbom = withoutSbom;
        this.builder = builder;
        this.target = target;
        this.platforms = platforms;
        this.labels = labels;
    }

    static ImageOptions of(BuildImageStep step) {
        if (step.getTarget() != null && !step.getTarget().matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
            throw new IllegalArgumentException("target is " + Quoted.of(step.getTarget())
                    + ": it is the name after AS of a stage, or its number.");
        }
        ArrayList<Platform> platforms = new ArrayList<>();
        for (String one : step.getPlatforms() == null
                ? new String[0]
                : step.getPlatforms().split("[,\\s]+")) {
            Platform platform = one.isEmpty() ? null : Platform.parse(one);
            if (platform != null && !platforms.contains(platform)) {
                platforms.add(platform);
            }
        }
        if (platforms.size() > MOST_PLATFORMS) {
            throw new IllegalArgumentException("There are more than " + MOST_PLATFORMS + " platforms.");
        }
        if (platforms.size() > 1 && step.getDebugTools() != null) {
            throw new IllegalArgumentException("debugTools are put on an image of one platform, and platforms names "
                    + platforms.size() + ": leave one of the two out, or build the variant by a step of its own.");
        }
        return new ImageOptions(
                BuilderKind.parse(step.getBuilder()), step.getTarget(), platforms, labels(step), !step.isSbom());
    }

    private static TreeMap<String, String> labels(BuildImageStep step) {
        TreeMap<String, String> labels = new TreeMap<>(step.getLabels());
        labels.forEach((name, value) -> {
            if (name.isBlank() || name.length() > LONGEST_LABEL || value.length() > LONGEST_LABEL) {
                throw new IllegalArgumentException("The label " + Quoted.of(name) + " has no name, or is longer than "
                        + LONGEST_LABEL + " characters: shorten it.");
            }
            if (ImageLabels.isOurs(name)) {
                throw new IllegalArgumentException("The label " + Quoted.of(name)
                        + " is of the names that only SheRa itself writes: take another name.");
            }
        });
        if (labels.size() > MOST_LABELS) {
            throw new IllegalArgumentException("There are more than " + MOST_LABELS + " labels.");
        }
        return labels;
    }

    /** Empty for the agent's own. */
    List<Platform> platforms() {
        return platforms;
    }

    /** Whether an SBOM is to stand beside the image. */
    boolean wantsSbom() {
        return !withoutSbom;
    }

    /** The user's labels; none is of our names. */
    Map<String, String> labels() {
        return labels;
    }
}
