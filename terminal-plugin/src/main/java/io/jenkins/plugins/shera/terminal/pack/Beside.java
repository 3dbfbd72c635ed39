package io.jenkins.plugins.shera.terminal.pack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A piece of work done in a thread of its own while the caller does another; closing it waits for its end. */
final class Beside<T> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    /** What is done. */
    interface Work<T> {
        T run() throws IOException;
    }

    Beside(String name, Work<T> work) {
        task = new FutureTask<>(work::run);
        thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What came of it. */
    T get() throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Nothing of it goes on afterwards: what it reads may be deleted. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(thread.getName() + ": interrupted");
    }
}
