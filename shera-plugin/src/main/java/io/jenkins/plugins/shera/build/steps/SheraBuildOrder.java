package io.jenkins.plugins.shera.build.steps;

import java.io.Serializable;

/** A whole build, checked; saved with it. */
final class SheraBuildOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    final BuildOrder image;
    /** Null when Maven is not asked for. */
    final MavenOrder maven;
    /** Null when quality is not asked for. */
    final QualityOrder quality;
    /** Null when the source is not an uploaded file. */
    final String artifact;

    final String branch;
    final String tags;
    final RecipeOrder recipe;

    SheraBuildOrder(
            BuildOrder image,
            MavenOrder maven,
            QualityOrder quality,
            String artifact,
            String branch,
            String tags,
            RecipeOrder recipe) {
        this.image = image;
        this.maven = maven;
        this.quality = quality;
        this.artifact = artifact;
        this.branch = branch;
        this.tags = tags;
        this.recipe = recipe;
    }

    /** Where the Dockerfile comes from. */
    static final class RecipeOrder implements Serializable {
        private static final long serialVersionUID = 1L;

        /** The text, null for a file. */
        final String text;
        /** The base of a usual Dockerfile, null for its own. */
        final String base;
        /** Whether the user named a file, which must then be there. */
        final boolean named;

        RecipeOrder(String text, String base, boolean named) {
            this.text = text;
            this.base = base;
            this.named = named;
        }
    }
}
