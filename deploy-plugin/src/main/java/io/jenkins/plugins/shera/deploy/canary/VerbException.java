package io.jenkins.plugins.shera.deploy.canary;

/** The verb does not fit where the rollout stands; the message says why and what to do instead. */
public final class VerbException extends Exception {

    private static final long serialVersionUID = 1;

    /** The whole sentence for people. */
    public VerbException(String message) {
        super(message);
    }
}
