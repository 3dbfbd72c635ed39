package io.jenkins.plugins.shera.terminal.docker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.kube.exec.ExecApi;
import io.jenkins.plugins.shera.kube.exec.ExecConnection;
import io.jenkins.plugins.shera.kube.exec.ExecListener;
import io.jenkins.plugins.shera.kube.exec.ExecRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Starts commands in one container of an engine, whatever container a request names; as the container's own user. */
final class EngineExec implements ExecApi {
    private static final int MOST_ANSWER = 1 << 20;

    private final EngineHttp http;
    private final String id;

    EngineExec(EngineHttp http, String id) {
        this.http = http;
        this.id = id;
    }

    /** Waits for the engine; the command itself is waited for by nobody. */
    @Override
    public CompletableFuture<? extends ExecConnection> start(ExecRequest request, ExecListener listener) {
        EngineHttp.Upgraded upgraded = null;
        try {
            ObjectNode order = JsonNodeFactory.instance.objectNode();
            order.put("AttachStdin", request.stdin());
            order.put("AttachStdout", true);
            order.put("AttachStderr", true);
            order.put("Tty", request.tty());
            order.put("Privileged", false);
            request.command().forEach(order.putArray("Cmd")::add);
            String exec = http.json("POST", "/containers/" + id + "/exec", order, MOST_ANSWER)
                    .path("Id")
                    .asText();
            ObjectNode how = JsonNodeFactory.instance.objectNode();
            how.put("Detach", false).put("Tty", request.tty());
            upgraded = http.upgrade("/exec/" + EngineHttp.quoted(exec) + "/start", how);
            EngineExecConnection connection =
                    new EngineExecConnection(http, exec, upgraded.wire(), request.tty(), listener);
            upgraded.rest().handOver(connection.receiver());
            return CompletableFuture.completedFuture(connection);
        } catch (IOException | RuntimeException e) {
            if (upgraded != null) {
                upgraded.wire().close();
            }
            return CompletableFuture.failedFuture(e);
        }
    }
}
