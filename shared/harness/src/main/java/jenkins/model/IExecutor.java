package jenkins.model;

import hudson.model.Queue;

/** An executor as seen by pages. */
public interface IExecutor {
    int getNumber();

    boolean isIdle();

    Queue.Executable getCurrentExecutable();

    String getDisplayName();
}
