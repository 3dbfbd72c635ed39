package hudson.model;

import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.model.TransientActionFactory;

/** Asks the factories for actions. */
final class TransientActions {
    private static final Logger LOGGER = Logger.getLogger(TransientActions.class.getName());

    private TransientActions() {}

    @SuppressWarnings({"unchecked", "rawtypes"})
    static <T extends Action> List<T> of(Actionable target, Class<T> wanted) {
        List<T> found = new ArrayList<>();
        if (Jenkins.getInstanceOrNull() == null) {
            return found;
        }
        for (TransientActionFactory factory : ExtensionList.lookup(TransientActionFactory.class)) {
            if (!factory.type().isInstance(target)
                    || !(wanted.isAssignableFrom(factory.actionType())
                            || factory.actionType().isAssignableFrom(wanted))) {
                continue;
            }
            try {
                for (Object action : factory.createFor(target)) {
                    if (wanted.isInstance(action)) {
                        found.add(wanted.cast(action));
                    }
                }
            } catch (RuntimeException e) {
                LOGGER.log(Level.SEVERE, "Could not load actions from " + factory + " for " + target, e);
            }
        }
        return found;
    }
}
