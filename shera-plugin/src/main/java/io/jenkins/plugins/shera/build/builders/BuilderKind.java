package io.jenkins.plugins.shera.build.builders;

import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.Locale;

/** Who may build an image. */
public enum BuilderKind {
    /** Ours: any Dockerfile without RUN, no program needed. */
    DAEMONLESS,
    /** The docker command line and its engine, by BuildKit or the classic way, as docker itself is set up. */
    DOCKER,
    /** Buildah, which needs no engine. */
    BUILDAH;

    /** As the parameter {@code builder} spells it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@code daemonless}, {@code docker} or {@code buildah}; null, for whoever can, is kept. */
    public static BuilderKind parse(String text) {
        for (BuilderKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        if (text == null) {
            return null;
        }
        throw new IllegalArgumentException("builder is " + Quoted.of(text)
                + ": it is daemonless, docker or buildah; leave it out for the first of them that can.");
    }
}
