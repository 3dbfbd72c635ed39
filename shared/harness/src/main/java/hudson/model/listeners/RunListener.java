package hudson.model.listeners;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.shera.harness.extension.TypeArguments;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Is told what happens to builds. */
public abstract class RunListener<R extends Run> implements ExtensionPoint {
    /** The type of the builds. */
    public final Class<R> targetType;

    protected RunListener(Class<R> targetType) {
        this.targetType = targetType;
    }

    @SuppressWarnings("unchecked")
    protected RunListener() {
        Class<?> type = TypeArguments.first(getClass(), RunListener.class);
        this.targetType = (Class<R>) (type == null ? Run.class : type);
    }

    public void onInitialize(R r) {}

    public void onStarted(R r, TaskListener listener) {}

    public void onCompleted(R r, TaskListener listener) {}

    public void onFinalized(R r) {}

    public void onDeleted(R r) {}

    public static ExtensionList<RunListener> all() {
        return ExtensionList.lookup(RunListener.class);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void each(Run r, Consumer<RunListener> call) {
        for (RunListener l : all()) {
            if (l.targetType.isInstance(r)) {
                try {
                    call.accept(l);
                } catch (RuntimeException e) {
                    Logger.getLogger(RunListener.class.getName()).log(Level.WARNING, "RunListener failed", e);
                }
            }
        }
    }

    public static void fireInitialize(Run r) {
        each(r, l -> l.onInitialize(r));
    }

    public static void fireStarted(Run r, TaskListener listener) {
        each(r, l -> l.onStarted(r, listener));
    }

    public static void fireCompleted(Run r, TaskListener listener) {
        each(r, l -> l.onCompleted(r, listener));
    }

    public static void fireFinalized(Run r) {
        each(r, l -> l.onFinalized(r));
    }

    public static void fireDeleted(Run r) {
        each(r, l -> l.onDeleted(r));
    }
}
