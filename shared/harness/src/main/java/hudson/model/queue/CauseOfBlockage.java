package hudson.model.queue;

/** Why a task waits. */
public abstract class CauseOfBlockage {
    /** Said in one line. */
    public abstract String getShortDescription();

    @Override
    public String toString() {
        return getShortDescription();
    }
}
