package hudson.remoting;

import io.jenkins.plugins.shera.harness.remoting.Crossing;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** The way to this very machine; what goes over it is serialised all the same. */
public class LocalChannel implements VirtualChannel {
    private final ExecutorService executor;

    public LocalChannel(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws T, InterruptedException {
        try {
            return Crossing.call(callable);
        } catch (IOException e) {
            throw LocalChannel.<RuntimeException>asItIs(e);
        }
    }

    /** The callable's own exception may be an IOException, which this signature does not name, and the caller waits for it. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E asItIs(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
        return new LocalFuture<>(executor.submit(() -> {
            try {
                return Crossing.call(callable);
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable t) {
                throw new ExecutionException(t);
            }
        }));
    }

    @Override
    public void close() {}

    @Override
    public void join() {}

    @Override
    public void join(long timeout) {}

    @Override
    public <T> T export(Class<T> type, T instance) {
        return instance;
    }

    @Override
    public void syncLocalIO() {}
}
