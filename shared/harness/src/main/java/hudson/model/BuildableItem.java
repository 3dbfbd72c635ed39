package hudson.model;

/** An item that can be started. */
public interface BuildableItem extends Item, Queue.Task {
    default boolean scheduleBuild() {
        return scheduleBuild(new Cause.UserIdCause());
    }

    boolean scheduleBuild(Cause c);

    default boolean scheduleBuild(int quietPeriod) {
        return scheduleBuild(quietPeriod, new Cause.UserIdCause());
    }

    boolean scheduleBuild(int quietPeriod, Cause c);
}
