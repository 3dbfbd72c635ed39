package io.jenkins.plugins.shera.build.pages;

import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.image.BaseImage;
import io.jenkins.plugins.shera.build.source.Commits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image on the page of the build that made it. */
@ExportedBean(defaultVisibility = 999)
public final class ImageAction implements Action {
    private final String name;
    private final ArrayList<String> tags;
    private final String digest;
    private final String commit;
    private final long size;
    private final Integer components;
    private final String baseName;
    private final String baseDigest;
    private final Commits commits;

    /**
     * Takes the facts.
     *
     * @param size bytes in the registry
     * @param components those of its SBOM; null when it has none
     * @param commits those since the build before; null when there are none to speak of
     */
    public ImageAction(
            String name,
            List<String> tags,
            String digest,
            String commit,
            long size,
            Integer components,
            BaseImage base,
            Commits commits) {
        this.commits = commits;
        this.baseName = base.name();
        this.baseDigest = base.digest();
        this.components = components;
        this.name = name;
        this.tags = new ArrayList<>(tags);
        this.digest = digest;
        this.commit = commit;
        this.size = size;
    }

    /** Notes the image on the build, once. */
    public static void put(Run<?, ?> run, ImageAction image) throws IOException {
        synchronized (run) {
            for (ImageAction other : run.getActions(ImageAction.class)) {
                if (other.getReference().equals(image.getReference())) {
                    run.removeAction(other);
                }
            }
            run.addAction(image);
            run.save();
        }
    }

    /** Registry and repository. */
    @Exported
    public String getName() {
        return name;
    }

    /** The tags it was pushed under. */
    @Exported
    public List<String> getTags() {
        return tags;
    }

    /** Its digest. */
    @Exported
    public String getDigest() {
        return digest;
    }

    /** Name and digest. */
    @Exported
    public String getReference() {
        return name + "@" + digest;
    }

    /** The commit it was built from, or empty. */
    @Exported
    public String getCommit() {
        return commit;
    }

    /** Bytes in the registry. */
    @Exported
    public long getSize() {
        return size;
    }

    /** How many components its SBOM lists; null when it has none. */
    @Exported
    public Integer getComponents() {
        return components;
    }

    /** What it is built on, complete with registry; {@code scratch} for nothing, empty when that is not known. */
    @Exported
    public String getBaseName() {
        return baseName == null ? "" : baseName;
    }

    /** The digest of what it is built on; empty when there is none. */
    @Exported
    public String getBaseDigest() {
        return baseDigest == null ? "" : baseDigest;
    }

    /** What was committed since the build before that made this image; null where nothing is known of that. */
    public Commits commits() {
        return commits;
    }

    /** The same for the build's own page. */
    public CommitsView getSince() {
        return commits == null ? null : new CommitsView(commits);
    }

    /** Size for people, in MB. */
    public String getReadableSize() {
        return String.format("%.1f MB", size / 1_000_000.0);
    }

    /** The digest's first digits. */
    public String getShortDigest() {
        return digest.substring(7, 19);
    }

    @Override
    public String getIconFileName() {
        return null;
    }

    @Override
    public String getDisplayName() {
        return Messages.ImageAction_displayName();
    }

    @Override
    public String getUrlName() {
        return null;
    }
}
