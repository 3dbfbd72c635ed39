package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.node.NodeDrift;
import io.jenkins.plugins.shera.nginx.work.DriftOnNode;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives nodes back what was last put there, on a person's word; the caller checked whose the cluster is. */
public final class Overwriting {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final NginxCluster cluster;
    private final String tenant;

    /** A node could not be read or written; those before it are done. */
    public static final class FailedException extends IOException {
        private static final long serialVersionUID = 1L;

        FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Only keeps what it is given. */
    public Overwriting(NginxCluster cluster, String tenant) {
        this.cluster = cluster;
        this.tenant = tenant;
    }

    /** Puts back on each node that drifted, and gives their names; ends within a minute. */
    public List<String> drifted() throws FailedException {
        List<String> done = new ArrayList<>();
        long end = System.nanoTime() + LIMIT_NANOS;
        for (NginxNodeSettings node : cluster.getNodes()) {
            String name = NodeAccess.name(node);
            AuditLine line = AuditLine.of("nginx.overwrite", cluster.getId()).tenant(tenant);
            try {
                if (!ask(node, false, end).isNone()) {
                    ask(node, true, end);
                    line.done();
                    done.add(name);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FailedException(name + ": interrupted", e);
            } catch (IOException e) {
                line.failed(name + ": " + e.getMessage());
                throw new FailedException(name + ": " + e.getMessage(), e);
            }
        }
        return done;
    }

    private NodeDrift ask(NginxNodeSettings node, boolean overwrite, long end)
            throws IOException, InterruptedException {
        DriftOnNode work = overwrite ? NodeAccess.overwriting(cluster, tenant) : DriftOnNode.reading(tenant);
        Future<NodeDrift> answer = NodeAccess.channel(node).callAsync(work);
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(Messages.Overwriting_slow(), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        }
    }
}
