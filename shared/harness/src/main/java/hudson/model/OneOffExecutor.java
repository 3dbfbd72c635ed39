package hudson.model;

/** Runs a task that needs no slot. */
public class OneOffExecutor extends Executor {
    public OneOffExecutor(Computer owner) {
        super(owner, -1);
    }
}
