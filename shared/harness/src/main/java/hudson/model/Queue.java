package hudson.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskFuture;
import hudson.model.queue.ScheduleResult;
import hudson.model.queue.SubTask;
import hudson.security.ACL;
import io.jenkins.plugins.shera.harness.queue.TaskFuture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.GregorianCalendar;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.FullyNamedModelObject;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Tasks that wait for an executor. Nothing of it is saved: whoever schedules a task does so again after a restart. */
public class Queue implements Saveable {
    private static final AtomicLong IDS = new AtomicLong();
    private final List<Item> waiting = new ArrayList<>();
    private final Map<Long, LeftItem> left = new LinkedHashMap<>();

    /** @param loadBalancer not used: there is one node */
    public Queue(LoadBalancer loadBalancer) {}

    /** The queue of this Jenkins. */
    public static Queue getInstance() {
        return Jenkins.get().getQueue();
    }

    /** As {@link #schedule2(Task, int, List)}. */
    public final ScheduleResult schedule2(Task p, int quietPeriod, Action... actions) {
        return schedule2(p, quietPeriod, Arrays.asList(actions));
    }

    /** Adds a task, unless it is waiting already or an action refuses. */
    public ScheduleResult schedule2(Task p, int quietPeriod, List<Action> actions) {
        List<Action> given = new ArrayList<>(actions);
        given.removeIf(Objects::isNull);
        for (QueueDecisionHandler handler : QueueDecisionHandler.all()) {
            if (!handler.shouldSchedule(p, given)) {
                return ScheduleResult.refused();
            }
        }
        Calendar due = new GregorianCalendar();
        due.add(Calendar.SECOND, quietPeriod);
        WaitingItem item = new WaitingItem(due, p, given);
        synchronized (this) {
            for (Item other : waiting) {
                if (other.task.equals(p) && !mustScheduleAgain(other, given)) {
                    return ScheduleResult.existing(other);
                }
            }
            waiting.add(item);
        }
        maintain();
        if (quietPeriod > 0) {
            jenkins.util.Timer.get().schedule(this::maintain, quietPeriod * 1000L + 50, TimeUnit.MILLISECONDS);
        }
        return ScheduleResult.created(item);
    }

    private static boolean mustScheduleAgain(Item waiting, List<Action> actions) {
        boolean again = false;
        for (QueueAction action : waiting.getActions(QueueAction.class)) {
            again |= action.shouldSchedule(actions);
        }
        for (Action action : actions) {
            again |= action instanceof QueueAction
                    && ((QueueAction) action).shouldSchedule(new ArrayList<>(waiting.getActions()));
        }
        return again;
    }

    /** Gives waiting tasks to executors that are free. */
    public void maintain() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins == null || jenkins.isTerminating()) {
            return;
        }
        List<Runnable> starts = new ArrayList<>();
        synchronized (this) {
            for (Iterator<Item> it = waiting.iterator(); it.hasNext(); ) {
                Item item = it.next();
                if (!item.isDue()
                        || item.task.getCauseOfBlockage() != null
                        || jenkins.isQuietingDown()
                        || isRunningAlone(jenkins.toComputer(), item.task)) {
                    continue;
                }
                Computer computer = jenkins.toComputer();
                BuildableItem next = item.buildable();
                Executor executor = item.task instanceof FlyweightTask ? computer.oneOff(next) : computer.free(next);
                if (executor != null) {
                    it.remove();
                    starts.add(executor::begin);
                }
            }
        }
        starts.forEach(Runnable::run);
    }

    private static boolean isRunningAlone(Computer computer, Task task) {
        return !task.isConcurrentBuild()
                && computer.getAllExecutors().stream().anyMatch(executor -> executor.runs(task));
    }

    /** Has {@link #maintain} run soon. */
    public Future<?> scheduleMaintenance() {
        return jenkins.util.Timer.get().submit(this::maintain);
    }

    /** Takes a task out; whether it was waiting. */
    public boolean cancel(Task p) {
        for (Item item : getItems()) {
            if (item.task.equals(p)) {
                return cancel(item);
            }
        }
        return false;
    }

    /** Takes an item out; whether it was waiting. */
    public boolean cancel(Item item) {
        boolean was;
        synchronized (this) {
            was = waiting.removeIf(other -> other.getId() == item.getId());
        }
        if (was) {
            left(item, null);
            ((TaskFuture) item.getFuture()).cancelled();
        }
        return was;
    }

    void left(Item item, Executable executable) {
        synchronized (this) {
            left.put(item.getId(), new LeftItem(item, executable));
            if (left.size() > 1000) {
                left.remove(left.keySet().iterator().next());
            }
        }
    }

    /** What waits. */
    public synchronized Item[] getItems() {
        return waiting.toArray(new Item[0]);
    }

    /** What waits for a task. */
    public synchronized List<Item> getItems(Task t) {
        return waiting.stream().filter(item -> item.task.equals(t)).toList();
    }

    /** The item of that id, waiting or left; null when it is not known. */
    public synchronized Item getItem(long id) {
        return waiting.stream().filter(item -> item.getId() == id).findFirst().orElse(left.get(id));
    }

    /** The item of that task, or null. */
    public synchronized Item getItem(Task t) {
        return waiting.stream().filter(item -> item.task.equals(t)).findFirst().orElse(null);
    }

    public boolean contains(Task t) {
        return getItem(t) != null;
    }

    public synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes everything out. */
    public void clear() {
        for (Item item : getItems()) {
            cancel(item);
        }
    }

    /** Nothing is saved. */
    @Override
    public void save() {}

    /** Something to be run. */
    public interface Task extends FullyNamedModelObject, SubTask {
        /** Why it must wait, or null. */
        default CauseOfBlockage getCauseOfBlockage() {
            return null;
        }

        /** The name. */
        String getName();

        @Override
        String getFullDisplayName();

        /** Fails unless the current user may stop it. */
        default void checkAbortPermission() {
            if (this instanceof hudson.security.AccessControlled) {
                ((hudson.security.AccessControlled) this).checkPermission(hudson.model.Item.CANCEL);
            }
        }

        /** Whether the current user may stop it. */
        boolean hasAbortPermission();

        /** Where it is shown, below the context path. */
        String getUrl();

        /** Whether it may run more than once at a time. */
        default boolean isConcurrentBuild() {
            return false;
        }

        /** Who it runs as when nobody decided otherwise. */
        default Authentication getDefaultAuthentication2() {
            return ACL.SYSTEM2;
        }

        /** Who it runs as when nobody decided otherwise. */
        default Authentication getDefaultAuthentication2(Queue.Item item) {
            return getDefaultAuthentication2();
        }

        /** A key for choosing the same executor again. */
        default String getAffinityKey() {
            return getFullDisplayName();
        }
    }

    /** A task that needs no slot. */
    public interface FlyweightTask extends Task {}

    /** A task that is not saved. */
    public interface TransientTask extends Task {}

    /** A running task. */
    public interface Executable extends Runnable {
        /** The task. */
        SubTask getParent();

        /** The executable it belongs to, or null. */
        default Executable getParentExecutable() {
            return null;
        }

        @Override
        void run() throws jenkins.model.queue.AsynchronousExecution;

        /** How long it takes, in milliseconds, -1 when it is not known. */
        default long getEstimatedDuration() {
            return getParent().getEstimatedDuration();
        }
    }

    /** An action that has a say in whether a task is queued once more. */
    public interface QueueAction extends Action {
        /** Whether, given the actions of the other wish, the task must be queued once more. */
        boolean shouldSchedule(List<Action> actions);
    }

    /** May refuse tasks. */
    public abstract static class QueueDecisionHandler implements ExtensionPoint {
        /** Whether the task may be queued. */
        public abstract boolean shouldSchedule(Task p, List<Action> actions);

        public static ExtensionList<QueueDecisionHandler> all() {
            return ExtensionList.lookup(QueueDecisionHandler.class);
        }
    }

    /** A task in the queue. */
    public abstract static class Item extends Actionable {
        public final Task task;
        private final long id;
        private final QueueTaskFuture<Executable> future;
        private final long since;

        Item(Task task, List<Action> actions, long id, QueueTaskFuture<Executable> future, long since) {
            this.task = task;
            this.id = id;
            this.future = future == null ? new TaskFuture(() -> getInstance().stop(id)) : future;
            this.since = since;
            actions.forEach(this::addAction);
        }

        protected Item(Item that) {
            this(that.task, new ArrayList<>(that.getActions()), that.id, that.future, that.since);
        }

        public long getId() {
            return id;
        }

        public Task getTask() {
            return task;
        }

        /** When it was queued, in milliseconds. */
        public long getInQueueSince() {
            return since;
        }

        /** Done when the task has ended. */
        public QueueTaskFuture<Executable> getFuture() {
            return future;
        }

        /** Why it waits, or null. */
        public abstract CauseOfBlockage getCauseOfBlockage();

        public final String getWhy() {
            CauseOfBlockage cause = getCauseOfBlockage();
            return cause == null ? null : cause.getShortDescription();
        }

        /** Who the task will run as. */
        public Authentication authenticate2() {
            for (jenkins.security.QueueItemAuthenticator a :
                    ExtensionList.lookup(jenkins.security.QueueItemAuthenticator.class)) {
                Authentication found = a.authenticate2(this);
                if (found != null) {
                    return found;
                }
            }
            return task.getDefaultAuthentication2(this);
        }

        public final List<Cause> getCauses() {
            CauseAction action = getAction(CauseAction.class);
            return action == null ? Collections.emptyList() : action.getCauses();
        }

        public String getUrl() {
            return "queue/item/" + id + '/';
        }

        @Override
        public String getDisplayName() {
            return task.getDisplayName();
        }

        @Override
        public String getSearchName() {
            return null;
        }

        @Override
        public String getSearchUrl() {
            return null;
        }

        boolean isDue() {
            return true;
        }

        BuildableItem buildable() {
            return new BuildableItem(this);
        }

        @Override
        public String toString() {
            return getClass().getName() + ':' + task + ':' + id;
        }
    }

    /** A task whose time has not come. */
    public static final class WaitingItem extends Item {
        public Calendar timestamp;

        public WaitingItem(Calendar timestamp, Task project, List<Action> actions) {
            super(project, actions, IDS.incrementAndGet(), null, System.currentTimeMillis());
            this.timestamp = timestamp;
        }

        @Override
        boolean isDue() {
            return timestamp.getTimeInMillis() <= System.currentTimeMillis();
        }

        @Override
        public CauseOfBlockage getCauseOfBlockage() {
            return new Blockage(isDue() ? "Waiting for next available executor" : "In the quiet period");
        }
    }

    /** A task that may run now. */
    public static final class BuildableItem extends Item {
        BuildableItem(Item that) {
            super(that);
        }

        @Override
        public CauseOfBlockage getCauseOfBlockage() {
            return new Blockage("Waiting for next available executor");
        }
    }

    /** A task that left the queue, to run or for ever. */
    public static final class LeftItem extends Item {
        private final Executable executable;

        LeftItem(Item that, Executable executable) {
            super(that);
            this.executable = executable;
        }

        public Executable getExecutable() {
            return executable;
        }

        public boolean isCancelled() {
            return executable == null;
        }

        @Override
        public CauseOfBlockage getCauseOfBlockage() {
            return null;
        }
    }

    private void stop(long id) {
        Item item = getItem(id);
        if (item instanceof LeftItem) {
            Executor executor = Executor.of(((LeftItem) item).getExecutable());
            if (executor != null) {
                executor.interrupt();
            }
        } else if (item != null) {
            cancel(item);
        }
    }
}
