package io.jenkins.plugins.shera.kube.api;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A watch that is open: no thread waits for it. */
public final class Following {

    private final CompletableFuture<HttpResponse<AsyncBody>> head;
    private final CompletableFuture<Integer> end;

    Following(CompletableFuture<HttpResponse<AsyncBody>> head) {
        this.head = head;
        this.end = head.thenCompose(answer -> {
            if (answer.code() != 200) {
                answer.body().cancel();
                return CompletableFuture.completedFuture(answer.code());
            }
            answer.body().consume();
            return answer.body().done().thenApply(done -> 200);
        });
    }

    /** Completes with the HTTP status when the server ends it, or with what broke it. */
    public CompletableFuture<Integer> end() {
        return end;
    }

    /** Ends it. */
    public void cancel() {
        head.whenComplete((answer, error) -> {
            if (answer != null) {
                answer.body().cancel();
            }
        });
        head.cancel(true);
        end.cancel(true);
    }
}
