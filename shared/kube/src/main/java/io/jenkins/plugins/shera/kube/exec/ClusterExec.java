package io.jenkins.plugins.shera.kube.exec;

import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.KubeException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Starts commands in the containers of a cluster. Usable from many threads; a running command holds no thread. */
public final class ClusterExec implements ExecApi {

    private final URI server;
    private final Supplier<HttpClient> clients;
    private final List<String[]> headers;
    private final Duration limit;
    private HttpClient client;

    /** Made by {@link io.jenkins.plugins.shera.kube.connection.ClusterClient}, which knows identity and trust. */
    public ClusterExec(URI server, Supplier<HttpClient> clients, List<String[]> headers, Duration limit) {
        this.server = server;
        this.clients = clients;
        this.headers = List.copyOf(headers);
        this.limit = limit;
    }

    @Override
    public CompletableFuture<ExecConnection> start(ExecRequest request, ExecListener listener) {
        WebSocket.Builder builder = http().newWebSocketBuilder()
                .connectTimeout(limit)
                .subprotocols(ClusterExecConnection.V5, ClusterExecConnection.V4);
        headers.forEach(header -> builder.header(header[0], header[1]));
        ClusterExecConnection connection = new ClusterExecConnection(listener);
        String base = server.toString().replaceAll("/+$", "").replaceFirst("^http", "ws");
        return builder.buildAsync(URI.create(base + request.path()), connection.receiver())
                .handle((socket, error) -> {
                    if (error != null) {
                        throw new CompletionException(failed(request.what() + " at " + server, error));
                    }
                    connection.opened(socket);
                    return connection;
                });
    }

    private synchronized HttpClient http() {
        if (client == null) {
            client = clients.get();
        }
        return client;
    }

    private static IOException failed(String what, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
                int status = refused.getResponse().statusCode();
                return KubeException.ofStatus(status, what);
            }
            if (cause instanceof GeneralSecurityException) {
                return KubeException.ofFailure(
                        Kind.UNTRUSTED, what, "the connection is not trusted (" + cause.getMessage() + ").", error);
            }
        }
        Throwable root = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return KubeException.ofFailure(Kind.UNREACHABLE, what, "no connection (" + root.getMessage() + ").", error);
    }
}
