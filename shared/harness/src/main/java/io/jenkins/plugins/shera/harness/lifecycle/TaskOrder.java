package io.jenkins.plugins.shera.harness.lifecycle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs static methods in the order that milestones and named goals give them. */
final class TaskOrder<M extends Enum<M>> {
    /** One method with its place. */
    static final class Task<M> {
        final String name;
        final M after;
        final M before;
        final List<String> requires;
        final List<String> attains;
        final boolean fatal;
        final Body body;

        Task(String name, M after, M before, String[] requires, String[] attains, boolean fatal, Body body) {
            this.name = name;
            this.after = after;
            this.before = before;
            this.requires = List.of(requires);
            this.attains = List.of(attains);
            this.fatal = fatal;
            this.body = body;
        }
    }

    /** What a task does. */
    interface Body {
        void run() throws Exception;
    }

    private static final Logger LOGGER = Logger.getLogger(TaskOrder.class.getName());

    private final List<Task<M>> open;
    private final Set<String> attained = new HashSet<>();
    private final Set<String> wanted = new HashSet<>();

    TaskOrder(List<Task<M>> tasks) {
        this.open = new ArrayList<>(tasks);
        tasks.forEach(task -> wanted.addAll(task.attains));
    }

    /** Runs what may run once {@code reached} is reached; fails when it leaves behind what is due before {@code next}. */
    void run(M reached, M next) throws Exception {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Task<M> task : new ArrayList<>(open)) {
                if (task.after.compareTo(reached) <= 0 && isReady(task)) {
                    open.remove(task);
                    perform(task);
                    progress = true;
                }
            }
        }
        for (Task<M> task : open) {
            if (next != null && task.before.compareTo(next) <= 0 && task.after.compareTo(reached) <= 0) {
                throw new IllegalStateException(task.name + " waits for " + task.requires + ", which nothing attains");
            }
        }
    }

    private boolean isReady(Task<M> task) {
        if (!attained.containsAll(task.requires)) {
            return false;
        }
        // a goal is attained by the last of those that name it
        return true;
    }

    private void perform(Task<M> task) throws Exception {
        try {
            task.body.run();
        } catch (Exception e) {
            if (task.fatal) {
                throw new IllegalStateException("Failed: " + task.name, e);
            }
            LOGGER.log(Level.WARNING, "Failed: " + task.name, e);
        }
        for (String goal : task.attains) {
            if (open.stream().noneMatch(other -> other.attains.contains(goal))) {
                attained.add(goal);
            }
        }
    }
}
