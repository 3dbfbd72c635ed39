package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.edits.Layer;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import java.io.IOException;
import java.io.Serializable;
import java.util.TreeMap;

/** Reads what hands made of the configuration, or makes such a text what is intended there. */
public final class EditsOnNode implements NodeWork<EditsOnNode.Found> {
    private static final long serialVersionUID = 1L;

    private final String generated;
    private final String text;

    /**
     * A node's edits.
     *
     * @param generated the routes' own file before any edit
     * @param text the same as it lies there; where something was adopted, what was intended before
     * @param site the files of people as they lie there; null where no hand changed them
     */
    public record Found(String generated, String text, TreeMap<String, String> site) implements Serializable {}

    private EditsOnNode(String generated, String text) {
        this.generated = generated;
        this.text = text;
    }

    /** Reads. */
    public static EditsOnNode read() {
        return new EditsOnNode(null, null);
    }

    /** Makes the same edit what is intended; answers what was intended before. */
    public static EditsOnNode adopt(String generated, String text) {
        return new EditsOnNode(generated, text);
    }

    @Override
    public Found on(NginxInstallation installation) throws IOException, InterruptedException {
        NginxNode nginx = new NginxNode(installation);
        if (text != null) {
            Layer before = nginx.adopt(generated, text);
            return new Found(before.base(), before.text(), null);
        }
        return new Found(
                nginx.generated(nginx.routes()),
                nginx.routesText(),
                nginx.isSiteTouched() ? new TreeMap<>(nginx.siteFiles()) : null);
    }
}
