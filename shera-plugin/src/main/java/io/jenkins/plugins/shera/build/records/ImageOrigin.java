package io.jenkins.plugins.shera.build.records;

import java.time.Instant;

/** Where one image came from. */
public final class ImageOrigin {
    private final String reference;
    private final String commit;
    private final String build;
    private final String url;
    private final long at;
    private final String gate;

    /** An image made now; build and url are the Jenkins build's id and address below the root. */
    public ImageOrigin(String reference, String commit, String build, String url, String gate) {
        this(reference, commit, build, url, gate, System.currentTimeMillis());
    }

    ImageOrigin(String reference, String commit, String build, String url, String gate, long at) {
        this.reference = reference;
        this.commit = commit;
        this.build = build;
        this.url = url;
        this.gate = gate;
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

    /** The word of its quality gate; empty for one of before we kept it. */
    public String gate() {
        return gate;
    }

    /** When it was made. */
    public Instant at() {
        return Instant.ofEpochMilli(at);
    }
}
