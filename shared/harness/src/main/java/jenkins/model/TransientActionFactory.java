package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.Action;
import java.util.Collection;

/** Adds actions to objects of a type without saving them. */
public abstract class TransientActionFactory<T> implements ExtensionPoint {
    /** The type of the objects. */
    public abstract Class<T> type();

    /** The most general type of the actions made. */
    public Class<? extends Action> actionType() {
        return Action.class;
    }

    /** The actions for one object. */
    public abstract Collection<? extends Action> createFor(T target);
}
