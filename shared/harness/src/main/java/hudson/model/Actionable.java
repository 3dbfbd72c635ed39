package hudson.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.ModelObjectWithContextMenu;

/** A model object that actions can be added to. */
public abstract class Actionable extends AbstractModelObject implements ModelObjectWithContextMenu {
    private volatile CopyOnWriteArrayList<Action> actions;

    /** The saved actions; changes to the list are kept. */
    @Deprecated
    public List<Action> getActions() {
        if (actions == null) {
            synchronized (this) {
                if (actions == null) {
                    actions = new CopyOnWriteArrayList<>();
                }
            }
        }
        return actions;
    }

    /** The saved actions and those that factories add. */
    public final List<? extends Action> getAllActions() {
        List<Action> all = new ArrayList<>(getActions());
        all.addAll(TransientActions.of(this, Action.class));
        return Collections.unmodifiableList(all);
    }

    /** The actions of a type. */
    public <T extends Action> List<T> getActions(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Action action : getActions()) {
            if (type.isInstance(action)) {
                found.add(type.cast(action));
            }
        }
        found.addAll(TransientActions.of(this, type));
        return Collections.unmodifiableList(found);
    }

    /** The first action of a type, or null. */
    public <T extends Action> T getAction(Class<T> type) {
        for (Action action : getActions()) {
            if (type.isInstance(action)) {
                return type.cast(action);
            }
        }
        List<T> transients = TransientActions.of(this, type);
        return transients.isEmpty() ? null : transients.get(0);
    }

    /** Adds an action. */
    public void addAction(Action a) {
        getActions().add(Objects.requireNonNull(a));
    }

    /** Replaces the actions of the same class. */
    public void replaceAction(Action a) {
        addOrReplaceAction(a);
    }

    /** Replaces the actions of the same class; whether anything changed. */
    public boolean addOrReplaceAction(Action a) {
        Objects.requireNonNull(a);
        boolean had = false;
        for (Action old : getActions()) {
            if (old.equals(a)) {
                had = true;
            } else if (old.getClass() == a.getClass()) {
                getActions().remove(old);
            }
        }
        if (!had) {
            addAction(a);
        }
        return !had;
    }

    /** Removes one action. */
    public boolean removeAction(Action a) {
        return a != null && getActions().remove(a);
    }

    /** Removes the actions of a type. */
    public boolean removeActions(Class<? extends Action> clazz) {
        return getActions().removeIf(clazz::isInstance);
    }

    /** Removes the actions of a type and adds another. */
    public boolean replaceActions(Class<? extends Action> clazz, Action a) {
        boolean had = removeActions(clazz);
        addAction(a);
        return had;
    }
}
