package io.jenkins.plugins.shera.kube.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Sends one request and reads its answer, bounded in time (a connection that went silent in the middle of the body ends
 * too) and in size.
 */
final class Exchange {

    private static final int LARGEST_ANSWER = 32 << 20;
    private static final int LARGEST_REFUSAL = 64 * 1024;

    private final HttpClient http;
    private final Duration limit;

    Exchange(HttpClient http, Duration limit) {
        this.http = http;
        this.limit = limit;
    }

    Answer send(HttpRequest request, String what) throws KubeException {
        Body body = new Body();
        CompletableFuture<HttpResponse<AsyncBody>> response = http.consumeBytes(request, body);
        CompletableFuture<Answer> answer = response.thenCompose(head -> {
            AsyncBody stream = head.body();
            CompletableFuture<Void> done = stream.done();
            stream.consume();
            return done.thenApply(
                    end -> new Answer(head.code(), body.bytes(), head.header("Retry-After"), head.header("Date")));
        });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            abandon(response);
            throw unreachable(Kind.UNREACHABLE, what, "no complete answer within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            abandon(response);
            Thread.currentThread().interrupt();
            throw unreachable(Kind.REFUSED, what, "interrupted", e);
        } catch (ExecutionException e) {
            throw failed(what, body.overflow == null ? e.getCause() : body.overflow);
        }
    }

    /** Sends one request whose answer has no end in sight, and gives the body to be read as it comes. */
    InputStream open(HttpRequest request, String what) throws KubeException {
        BodyStream stream = new BodyStream();
        CompletableFuture<HttpResponse<AsyncBody>> response = http.consumeBytes(request, stream);
        try {
            HttpResponse<AsyncBody> head = response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            stream.begin(head.body());
            if (head.code() != 200) {
                byte[] body = stream.readNBytes(LARGEST_REFUSAL);
                stream.close();
                throw KubeException.answered(
                        head.code(), Retries.status(new Answer(head.code(), body, null, null)), what);
            }
            return stream;
        } catch (TimeoutException e) {
            abandon(response);
            throw unreachable(Kind.UNREACHABLE, what, "no answer within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            abandon(response);
            Thread.currentThread().interrupt();
            throw unreachable(Kind.REFUSED, what, "interrupted", e);
        } catch (ExecutionException e) {
            throw failed(what, e.getCause());
        } catch (KubeException e) {
            throw e;
        } catch (IOException e) {
            throw failed(what, e);
        }
    }

    private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> response) {
        response.whenComplete((head, error) -> {
            if (head != null) {
                head.body().cancel();
            }
        });
        response.cancel(true);
    }

    private static KubeException failed(String what, Throwable error) {
        Throwable root = error;
        for (int depth = 0; depth < 20 && root != null; depth++) {
            if (root instanceof GeneralSecurityException || root instanceof SSLPeerUnverifiedException) {
                return unreachable(
                        Kind.UNTRUSTED,
                        what,
                        "the connection is not trusted (" + root.getMessage()
                                + "). Give the certificate of the authority that signed the server's",
                        error);
            }
            if (root instanceof AnswerTooLarge) {
                return unreachable(Kind.REFUSED, what, root.getMessage(), error);
            }
            if (root.getCause() == null) {
                break;
            }
            root = root.getCause();
        }
        String why = root == null || root.getMessage() == null
                ? String.valueOf(root == null ? error : root.getClass().getSimpleName())
                : root.getMessage();
        return unreachable(Kind.UNREACHABLE, what, "the cluster does not answer (" + why + ")", error);
    }

    private static KubeException unreachable(Kind kind, String what, String why, Throwable cause) {
        String next = kind == Kind.UNREACHABLE ? ". Check that the API server runs and can be reached from here." : ".";
        return new KubeException(kind, 0, what + ": " + why + next, List.of(), cause);
    }

    private static final class AnswerTooLarge extends IOException {
        private static final long serialVersionUID = 1;

        AnswerTooLarge() {
            super("the answer is larger than " + (LARGEST_ANSWER >> 20) + " MiB and was cut off");
        }
    }

    private static final class Body implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
        private volatile AnswerTooLarge overflow;

        @Override
        public synchronized void consume(List<ByteBuffer> parts, AsyncBody stream) throws IOException {
            for (ByteBuffer part : parts) {
                if (collected.size() + part.remaining() > LARGEST_ANSWER) {
                    overflow = new AnswerTooLarge();
                    stream.cancel();
                    throw overflow;
                }
                byte[] chunk = new byte[part.remaining()];
                part.get(chunk);
                collected.writeBytes(chunk);
            }
            stream.consume();
        }

        synchronized byte[] bytes() {
            return collected.toByteArray();
        }
    }
}
