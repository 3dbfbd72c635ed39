package io.jenkins.plugins.shera.deploy.manifest;

/** A parameter that cannot be what it is; the message says why and what to give instead. */
public final class ParameterException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    ParameterException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** Which one, as steps and REST call it. */
    public String parameter() {
        return parameter;
    }
}
