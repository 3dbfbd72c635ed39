package io.jenkins.plugins.shera.platform.schedule;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.Terminator;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.Messages;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.meters.Meters;
import io.jenkins.plugins.shera.platform.meters.Spans;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.springframework.security.core.Authentication;

/**
 * The only scheduler of the suite: ticks come from Jenkins' own timer, work that waits for disk or network runs in one bounded
 * pool of daemon threads, always as a named user.
 */
@Extension
public class Schedules implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(Schedules.class.getName());
    private static final int THREADS = 8;
    private static final int WAITING = 1000;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), new Threads());

    /** Threads that are not needed go away. */
    public Schedules() {
        pool.allowCoreThreadTimeOut(true);
    }

    /** The one instance. */
    public static Schedules get() {
        return ExtensionList.lookupSingleton(Schedules.class);
    }

    /**
     * Runs a task again and again as a user, the first time after one period; a run that outlasts the period is not overtaken.
     * While the user does not exist, or the pool is full, ticks are skipped and logged. {@code SYSTEM} is a user only where it
     * is named: for work that takes on an identity of its own, so that a user who is gone does not end it in silence.
     */
    public Schedule every(Duration period, String name, String userId, Runnable task) {
        return every(period, period, name, userId, task);
    }

    /** The same with another delay before the first time, which may be zero. */
    public Schedule every(Duration first, Duration period, String name, String userId, Runnable task) {
        Schedule schedule = new Schedule(name, () -> runAs(userId, name, task));
        schedule.attach(Timer.get()
                .scheduleWithFixedDelay(
                        () -> schedule.tick(this::submit), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
        return schedule;
    }

    /** Runs a task once as a user, after a delay. */
    public Schedule after(Duration delay, String name, String userId, Runnable task) {
        Schedule schedule = new Schedule(name, () -> runAs(userId, name, task));
        schedule.attach(
                Timer.get().schedule(() -> schedule.tick(this::submit), delay.toMillis(), TimeUnit.MILLISECONDS));
        return schedule;
    }

    /**
     * Runs a short piece of work in the pool, as nobody, and waits for it; past the limit it is interrupted and refused.
     * For pages that ask an outside part while somebody looks.
     */
    public <V> V within(Duration limit, String where, Supplier<V> work) {
        Future<V> future;
        try {
            future = pool.submit(work::get);
        } catch (RejectedExecutionException e) {
            throw busy(where);
        }
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new Refusal(
                    Refusal.Kind.UNAVAILABLE,
                    Messages._Schedules_late(),
                    where,
                    Messages._Schedules_late_why(limit.toSeconds()),
                    Messages._Schedules_late_next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            throw busy(where);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** How much work waits for a thread now. */
    public int waiting() {
        return pool.getQueue().size();
    }

    private static Refusal busy(String where) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages._Schedules_late(),
                where,
                Messages._Schedules_busy(),
                Messages._Schedules_busy_next());
    }

    /** Stops taking work and interrupts what runs, when Jenkins goes down. */
    @Terminator
    public static void stop() {
        for (Schedules schedules : ExtensionList.lookup(Schedules.class)) {
            schedules.pool.shutdownNow();
        }
    }

    private boolean submit(Runnable work) {
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            if (!pool.isShutdown()) {
                Meters.get().skipped();
                LOGGER.warning("too much background work is waiting; a tick was skipped");
            }
            return false;
        }
    }

    private void runAs(String userId, String name, Runnable task) {
        if (ACL.SYSTEM_USERNAME.equals(userId)) {
            run(ACL.SYSTEM2, userId, name, task);
            return;
        }
        User user = User.getById(userId, false);
        if (user == null) {
            LOGGER.warning(() -> name + " is to run as " + userId + ", whom Jenkins does not know; it was skipped");
            return;
        }
        run(user.impersonate2(), userId, name, task);
    }

    private void run(Authentication identity, String userId, String name, Runnable task) {
        long begun = System.nanoTime();
        try (ACLContext ignored = ACL.as2(identity)) {
            Spans.background(name, task);
        } catch (RuntimeException e) {
            // What a Jenkins that goes down takes away under a task is no failure of the task.
            LOGGER.log(pool.isShutdown() ? Level.FINE : Level.WARNING, name + " failed as " + userId, e);
        } finally {
            Meters.get().background(name, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private static final class Threads implements ThreadFactory {
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "shera-schedules-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }
}
