package hudson.remoting;

import java.io.IOException;

/** The way to a machine. */
public interface VirtualChannel {
    /** Sends work and waits. */
    <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException;

    /** Sends work. */
    <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException;

    void close() throws IOException;

    void join() throws InterruptedException;

    void join(long timeout) throws InterruptedException;

    /** Makes an object of this side usable over there. */
    <T> T export(Class<T> type, T instance);

    void syncLocalIO() throws InterruptedException;
}
