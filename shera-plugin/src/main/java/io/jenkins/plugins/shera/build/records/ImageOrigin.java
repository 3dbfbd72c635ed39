package io.jenkins.plugins.shera.build.records;

import java.time.Instant;

/** Where one image came from. */
public final class ImageOrigin {
    private final String reference;
    private final String commit;
    private final String build;
    private final String url;
    private final long at;

    /** An image made now; build and url are the Jenkins build's id and address below the root. */
    public ImageOrigin(String reference, String commit, String build, String url) {
        this(reference, commit, build, url, System.currentTimeMillis());
    }

    ImageOrigin(String reference, String commit, String build, String url, long at) {
        this.reference = reference;
        this.commit = commit;
        this.build = build;
        this.url = url;
        this.at = at;
    }

    /** Name and digest. */
    public String reference() {
        return reference;
    }

    /** The commit, or empty. */
    public String commit() {
        return commit;
    }

    /** Id of the build, {@code folder/job#7}. */
    public String build() {
        return build;
    }

    /** Address of the build below the root of Jenkins. */
    public String url() {
        return url;
    }

    /** When it was made. */
    public Instant at() {
        return Instant.ofEpochMilli(at);
    }
}
