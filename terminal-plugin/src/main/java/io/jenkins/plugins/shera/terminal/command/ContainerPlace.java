package io.jenkins.plugins.shera.terminal.command;

import java.io.Serializable;

/** One start of one container: what was done in it is lost with the next start. */
public final class ContainerPlace implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String namespace;
    private final String pod;
    private final String container;
    private final String mark;

    /** {@code mark} differs from start to start, and from pod to pod of the same name. */
    public ContainerPlace(String namespace, String pod, String container, String mark) {
        this.namespace = namespace;
        this.pod = pod;
        this.container = container;
        this.mark = mark;
    }

    public String namespace() {
        return namespace;
    }

    public String pod() {
        return pod;
    }

    public String container() {
        return container;
    }

    /** Whether the other is the same start. */
    public boolean isSame(ContainerPlace other) {
        return mark.equals(other.mark);
    }

    @Override
    public String toString() {
        return namespace + "/" + pod + "/" + container;
    }
}
