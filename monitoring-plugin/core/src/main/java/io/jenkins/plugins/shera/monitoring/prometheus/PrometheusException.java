package io.jenkins.plugins.shera.monitoring.prometheus;

import java.io.IOException;

/** Prometheus did not answer, or said no; the text tells which server, why, and what to do. */
public final class PrometheusException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;
    private final String said;

    PrometheusException(String message, boolean refused, Throwable cause) {
        this(message, refused, cause, "");
    }

    PrometheusException(String message, boolean refused, Throwable cause, String said) {
        super(message, cause);
        this.refused = refused;
        this.said = said;
    }

    /** What the server itself says is wrong with a query; empty for everything else. */
    public String said() {
        return said;
    }

    /** True when the server understood and said no; false when it could not be asked. */
    public boolean isRefused() {
        return refused;
    }
}
