package hudson.slaves;

import hudson.FilePath;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Which folders builds are working in, so that two builds of one job get two. */
public final class WorkspaceList {
    private final Map<String, Integer> inUse = new HashMap<>();

    /** Takes the folder, or one beside it when it is taken. */
    public synchronized Lease allocate(FilePath base) throws InterruptedException {
        for (int i = 1; ; i++) {
            FilePath candidate = i == 1 ? base : base.withSuffix("@" + i);
            if (inUse.putIfAbsent(candidate.getRemote(), 1) == null) {
                return new Taken(candidate);
            }
        }
    }

    /** Takes the folder, waiting until it is free. */
    public synchronized Lease acquire(FilePath p) throws InterruptedException {
        while (inUse.putIfAbsent(p.getRemote(), 1) != null) {
            wait();
        }
        return new Taken(p);
    }

    /** A folder beside the workspace for temporary files. */
    public static FilePath tempDir(FilePath ws) {
        return ws.sibling(ws.getName() + "@tmp");
    }

    private synchronized void release(FilePath p) {
        inUse.remove(p.getRemote());
        notifyAll();
    }

    /** A folder that is taken until it is released. */
    public abstract static class Lease implements AutoCloseable {
        /** The folder. */
        public final FilePath path;

        protected Lease(FilePath path) {
            this.path = Objects.requireNonNull(path);
        }

        /** Gives the folder back. */
        public abstract void release();

        @Override
        public void close() {
            release();
        }
    }

    private final class Taken extends Lease {
        private final AtomicBoolean done = new AtomicBoolean();

        Taken(FilePath path) {
            super(path);
        }

        @Override
        public void release() {
            if (done.compareAndSet(false, true)) {
                WorkspaceList.this.release(path);
            }
        }
    }
}
