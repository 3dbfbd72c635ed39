package io.jenkins.plugins.shera.terminal.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code inContainer} returns: where it worked, what the commands said, and the image made. */
public final class ContainerSessionResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String pod;
    private final String container;
    private final String image;
    private final ArrayList<String> outputs;

    ContainerSessionResult(SessionState state) {
        pod = state.place().pod();
        container = state.place().container();
        image = state.image();
        outputs = new ArrayList<>(state.outputs());
    }

    /** Name of the pod. */
    @Whitelisted
    public String getPod() {
        return pod;
    }

    /** Name of the container. */
    @Whitelisted
    public String getContainer() {
        return container;
    }

    /** The image made, by digest; empty when none was. */
    @Whitelisted
    public String getImage() {
        return image;
    }

    /** Standard output of each command in order, the first 16 KiB. */
    @Whitelisted
    public List<String> getOutputs() {
        return outputs;
    }

    /** Standard output of the last command; empty when there was none. */
    @Whitelisted
    public String getOutput() {
        return outputs.isEmpty() ? "" : outputs.get(outputs.size() - 1);
    }

    @Whitelisted
    @Override
    public String toString() {
        return pod + "/" + container + (image.isEmpty() ? "" : " became " + image);
    }
}
