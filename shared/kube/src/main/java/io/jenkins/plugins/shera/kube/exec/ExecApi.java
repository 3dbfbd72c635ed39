package io.jenkins.plugins.shera.kube.exec;

import java.util.concurrent.CompletableFuture;

/** Starts commands in containers. Usable from many threads; a running command holds no thread. */
public interface ExecApi {

    /**
     * Begins; the future fails with an {@link java.io.IOException} that says why, for example when the identity may not run commands
     * there: a {@link io.jenkins.plugins.shera.kube.api.KubeException} of a cluster.
     */
    CompletableFuture<? extends ExecConnection> start(ExecRequest request, ExecListener listener);
}
