package hudson.model.queue;

import hudson.model.Queue;

/** What became of a wish to schedule a task. */
public abstract class ScheduleResult {
    /** Whether a new item was made. */
    public boolean isCreated() {
        return false;
    }

    /** Whether the wish was refused. */
    public boolean isRefused() {
        return false;
    }

    public final boolean isAccepted() {
        return !isRefused();
    }

    /** The item, new or old; null when refused. */
    public Queue.Item getItem() {
        return null;
    }

    /** The new item; null when there is none. */
    public Queue.WaitingItem getCreateItem() {
        return null;
    }

    public static Created created(Queue.WaitingItem i) {
        return new Created(i);
    }

    public static Existing existing(Queue.Item i) {
        return new Existing(i);
    }

    public static Refused refused() {
        return new Refused();
    }

    /** A new item was made. */
    public static final class Created extends ScheduleResult {
        private final Queue.WaitingItem item;

        private Created(Queue.WaitingItem item) {
            this.item = item;
        }

        @Override
        public boolean isCreated() {
            return true;
        }

        @Override
        public Queue.Item getItem() {
            return item;
        }

        @Override
        public Queue.WaitingItem getCreateItem() {
            return item;
        }
    }

    /** The task was waiting already. */
    public static final class Existing extends ScheduleResult {
        private final Queue.Item item;

        private Existing(Queue.Item item) {
            this.item = item;
        }

        @Override
        public Queue.Item getItem() {
            return item;
        }
    }

    /** The wish was refused. */
    public static final class Refused extends ScheduleResult {
        @Override
        public boolean isRefused() {
            return true;
        }
    }
}
