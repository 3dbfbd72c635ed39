package org.jenkinsci.plugins.workflow.graph;

import hudson.model.Action;
import hudson.model.Actionable;
import hudson.model.Saveable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;

/** One point in the course of a Pipeline build. */
public abstract class FlowNode extends Actionable implements Saveable {
    private transient FlowExecution exec; // set again when the graph is read
    private final String id;
    private final ArrayList<String> parentIds = new ArrayList<>();

    protected FlowNode(FlowExecution exec, String id, FlowNode... parents) {
        this(exec, id, Arrays.asList(parents));
    }

    protected FlowNode(FlowExecution exec, String id, List<FlowNode> parents) {
        this.exec = exec;
        this.id = id;
        parents.forEach(parent -> parentIds.add(parent.getId()));
    }

    /** Unique within the build, ascending. */
    public String getId() {
        return id;
    }

    public FlowExecution getExecution() {
        return exec;
    }

    /** The nodes right before this one. */
    public List<FlowNode> getParents() {
        List<FlowNode> parents = new ArrayList<>();
        for (String parent : parentIds) {
            FlowNode found = node(parent);
            if (found != null) {
                parents.add(found);
            }
        }
        return parents;
    }

    public List<String> getParentIds() {
        return Collections.unmodifiableList(parentIds);
    }

    FlowNode node(String other) {
        try {
            return exec.getNode(other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the block around this node, or null. */
    public String getEnclosingId() {
        return null;
    }

    /** True while the step or block is not over. */
    public final boolean isActive() {
        return exec.getCurrentHeads().contains(this);
    }

    /** What went wrong here, or null. */
    public final ErrorAction getError() {
        return getAction(ErrorAction.class);
    }

    /** What the node does, in words. */
    protected abstract String getTypeDisplayName();

    @Override
    public String getDisplayName() {
        LabelAction label = getAction(LabelAction.class);
        return label == null ? getTypeDisplayName() : label.getDisplayName();
    }

    @Override
    public String getSearchUrl() {
        return "execution/node/" + id + "/";
    }

    @Override
    public String getSearchName() {
        return getDisplayName();
    }

    @Override
    public void addAction(Action a) {
        super.addAction(Objects.requireNonNull(a, "action"));
        try {
            save();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot save " + this, e);
        }
    }

    @Override
    public void save() throws IOException {
        if (exec != null) {
            exec.saveActions(this, new ArrayList<>(getActions()));
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FlowNode other && id.equals(other.id) && Objects.equals(exec, other.exec);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[id=" + id + "]";
    }
}
