package org.jenkinsci.plugins.workflow.flow;

import hudson.model.Queue;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;

/** What a flow runs for: a build. */
public abstract class FlowExecutionOwner implements Serializable {
    private static final long serialVersionUID = 1L;

    public abstract FlowExecution get() throws IOException;

    /** The folder of the build. */
    public abstract File getRootDir() throws IOException;

    /** The build. */
    public abstract Queue.Executable getExecutable() throws IOException;

    /** The address of the build below the root of Jenkins. */
    public abstract String getUrl() throws IOException;

    @Override
    public abstract boolean equals(Object o);

    @Override
    public abstract int hashCode();

    /** A build that has a flow. */
    public interface Executable extends Queue.Executable {
        /** The owner of the flow, or null. */
        FlowExecutionOwner asFlowExecutionOwner();
    }
}
