package io.jenkins.plugins.shera.kube.apply;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import java.util.List;
import java.util.stream.Collectors;

/** One object was refused in the middle of a set; the message says which were applied before it. */
public final class ApplyException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<ObjectRef> applied;
    private final KubeException reason;

    ApplyException(String refused, List<ObjectRef> applied, KubeException reason) {
        super(
                refused + " was refused. " + reason.getMessage() + " "
                        + (applied.isEmpty()
                                ? "Nothing was applied before it."
                                : "Applied before it: "
                                        + applied.stream()
                                                .map(ObjectRef::toString)
                                                .collect(Collectors.joining(", ")) + "."),
                reason);
        this.applied = List.copyOf(applied);
        this.reason = reason;
    }

    /** What the cluster already has. */
    public List<ObjectRef> applied() {
        return applied == null ? List.of() : applied;
    }

    /** What the server said. */
    public KubeException reason() {
        return reason;
    }
}
