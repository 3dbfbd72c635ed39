package io.jenkins.plugins.shera.build.dockerfile;

import java.util.Set;

/** The instructions of a Dockerfile, each with the flags it takes here. */
public enum Keyword {
    FROM("platform"),
    ARG,
    ENV,
    LABEL,
    COPY("from", "chown", "chmod"),
    ADD("chown", "chmod"),
    WORKDIR,
    USER,
    EXPOSE,
    VOLUME,
    ENTRYPOINT,
    CMD,
    SHELL,
    STOPSIGNAL,
    HEALTHCHECK("interval", "timeout", "start-period", "start-interval", "retries"),
    RUN,
    ONBUILD,
    MAINTAINER;

    private final Set<String> flags;

    Keyword(String... flags) {
        this.flags = Set.of(flags);
    }

    Set<String> flags() {
        return flags;
    }
}
