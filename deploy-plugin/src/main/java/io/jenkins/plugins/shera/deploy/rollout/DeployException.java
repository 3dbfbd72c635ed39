package io.jenkins.plugins.shera.deploy.rollout;

/** A deployment that cannot be made or did not succeed, for a reason a user can act on; the message is for people. */
public final class DeployException extends Exception {

    private static final long serialVersionUID = 1;

    /** The message says what, where, why and what to do next. */
    public DeployException(String message, Throwable cause) {
        super(message, cause);
    }
}
