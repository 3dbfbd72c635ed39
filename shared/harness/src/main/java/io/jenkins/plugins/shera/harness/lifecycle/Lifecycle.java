package io.jenkins.plugins.shera.harness.lifecycle;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.TermMilestone;
import hudson.init.Terminator;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.extension.AnnotationIndex;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import jenkins.security.ClassFilterImpl;
import jenkins.util.Timer;

/** Takes one Jenkins through its milestones, and down again. */
public final class Lifecycle {
    private static final Logger LOGGER = Logger.getLogger(Lifecycle.class.getName());

    private final Jenkins jenkins;

    /** For the given Jenkins. */
    public Lifecycle(Jenkins jenkins) {
        this.jenkins = jenkins;
    }

    /** What start-up has to do between two milestones. */
    public interface Loader {
        /** Reads from disk. */
        void load() throws IOException;
    }

    /** Runs every initializer in its place; the loader reads the items. */
    public void start(Consumer<InitMilestone> reached, Loader items) throws IOException, InterruptedException {
        ClassFilterImpl.register();
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            TaskOrder<InitMilestone> order = new TaskOrder<>(initializers());
            InitMilestone[] levels = InitMilestone.values();
            for (int i = 0; i < levels.length; i++) {
                attain(levels[i], items);
                reached.accept(levels[i]);
                order.run(levels[i], i + 1 < levels.length ? levels[i + 1] : null);
            }
            for (ItemListener listener : ItemListener.all()) {
                listener.onLoaded();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private void attain(InitMilestone level, Loader items) throws IOException {
        if (level == InitMilestone.SYSTEM_CONFIG_LOADED) {
            jenkins.load();
            GlobalConfiguration.all().size();
        } else if (level == InitMilestone.JOB_LOADED) {
            items.load();
        }
    }

    private List<TaskOrder.Task<InitMilestone>> initializers() throws IOException {
        List<TaskOrder.Task<InitMilestone>> tasks = new ArrayList<>();
        for (Method m : AnnotationIndex.methods(Initializer.class, jenkins.getPluginManager().uberClassLoader)) {
            Initializer i = m.getAnnotation(Initializer.class);
            tasks.add(new TaskOrder.Task<>(
                    m.toString(), i.after(), i.before(), i.requires(), i.attains(), i.fatal(), () -> call(m)));
        }
        return tasks;
    }

    private List<TaskOrder.Task<TermMilestone>> terminators() throws IOException {
        List<TaskOrder.Task<TermMilestone>> tasks = new ArrayList<>();
        for (Method m : AnnotationIndex.methods(Terminator.class, jenkins.getPluginManager().uberClassLoader)) {
            Terminator t = m.getAnnotation(Terminator.class);
            tasks.add(new TaskOrder.Task<>(
                    m.toString(), t.after(), t.before(), t.requires(), t.attains(), false, () -> call(m)));
        }
        return tasks;
    }

    private void call(Method method) throws Exception {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            arguments[i] = type.isInstance(jenkins)
                    ? jenkins
                    : jenkins.getExtensionList(type).get(0);
        }
        try {
            Object receiver = Modifier.isStatic(method.getModifiers())
                    ? null
                    : jenkins.getExtensionList(method.getDeclaringClass()).get(0);
            method.invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        }
    }

    /** Runs every terminator, tells running tasks, and stops the timer. */
    public void stop(Runnable interruptTasks) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            for (ItemListener listener : ItemListener.all()) {
                quietly(listener::onBeforeShutdown);
            }
            quietly(() -> {
                TaskOrder<TermMilestone> order = new TaskOrder<>(terminators());
                order.run(TermMilestone.STARTED, TermMilestone.COMPLETED);
                order.run(TermMilestone.COMPLETED, null);
            });
            quietly(interruptTasks::run);
        } finally {
            Timer.shutdown();
            ClassFilterImpl.unregister();
        }
    }

    private static void quietly(TaskOrder.Body body) {
        try {
            body.run();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "Failed to shut down", e);
        }
    }
}
