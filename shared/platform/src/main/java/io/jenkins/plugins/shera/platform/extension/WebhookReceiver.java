package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionPoint;
import java.util.Map;

/**
 * Takes what an outside system posts to {@code /shera-webhook/post/<name>/<key>}. Nobody is logged in there: the proof comes first, and an
 * answer never tells an unknown key from a wrong proof.
 */
public abstract class WebhookReceiver implements ExtensionPoint {

    /** Its part of the address. */
    public abstract String name();

    /** The header in which the sender gives its proof. */
    public abstract String proofHeader();

    /**
     * Whether the proof fits the body: {@link io.jenkins.plugins.shera.platform.rest.Proof} has the constant-time comparisons.
     *
     * @param key last part of the address, chosen by us when the hook was set up
     */
    public abstract boolean accepts(String key, String proof, byte[] body);

    /** Works on a body whose proof was accepted; runs as anonymous, must not block for long. */
    public abstract void receive(String key, Map<String, String> query, byte[] body);
}
