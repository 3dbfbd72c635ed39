package io.jenkins.plugins.shera.build.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reads an answer's body that may be endless, or stand still: {@code java.net.http} limits the time until the headers alone. */
public final class BoundedBody {
    private BoundedBody() {}

    /** The body up to so many bytes, closed after; fails when it takes longer than the limit. */
    public static byte[] read(InputStream body, int most, Duration limit) throws IOException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        over.whenComplete((nothing, late) -> close(body));
        over.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        byte[] bytes = null;
        IOException failure = null;
        try {
            bytes = body.readNBytes(most);
        } catch (IOException e) {
            failure = e;
        }
        if (!over.complete(null)) {
            throw new HttpTimeoutException("its answer did not end within " + limit.toSeconds() + " seconds");
        }
        if (failure != null) {
            throw failure;
        }
        return bytes;
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            Logger.getLogger(BoundedBody.class.getName()).log(Level.FINE, "closing an answer", e);
        }
    }
}
