package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.edits.Layer;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import java.io.Serializable;
import java.util.TreeMap;
import jenkins.security.MasterToSlaveCallable;

/** Reads what hands made of the configuration on the machine it runs on, or makes such a text what is intended there. */
final class EditsOnNode extends MasterToSlaveCallable<EditsOnNode.Found, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final String generated;
    private final String text;

    /**
     * A node's edits.
     *
     * @param generated the routes' own file before any edit
     * @param text the same as it lies there; where something was adopted, what was intended before
     * @param site the files of people as they lie there; null where no hand changed them
     */
    record Found(String generated, String text, TreeMap<String, String> site) implements Serializable {}

    private EditsOnNode(NginxNodeSettings node, String generated, String text) {
        this.node = node;
        this.generated = generated;
        this.text = text;
    }

    /** Reads. */
    static EditsOnNode read(NginxNodeSettings node) {
        return new EditsOnNode(node, null, null);
    }

    /** Makes the same edit what is intended; answers what was intended before. */
    static EditsOnNode adopt(NginxNodeSettings node, String generated, String text) {
        return new EditsOnNode(node, generated, text);
    }

    @Override
    public Found call() throws IOException {
        NginxNode nginx = NodeAccess.node(node);
        try {
            if (text != null) {
                Layer before = nginx.adopt(generated, text);
                return new Found(before.base(), before.text(), null);
            }
            return new Found(
                    nginx.generated(nginx.routes()),
                    nginx.routesText(),
                    nginx.isSiteTouched() ? new TreeMap<>(nginx.siteFiles()) : null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
