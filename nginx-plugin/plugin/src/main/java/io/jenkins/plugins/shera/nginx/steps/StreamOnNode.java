package io.jenkins.plugins.shera.nginx.steps;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.node.NginxStreams;
import java.io.IOException;
import jenkins.security.MasterToSlaveCallable;

/** Puts a stream on the machine it runs on, or takes it away, and tells what was there before; null for nothing. */
final class StreamOnNode extends MasterToSlaveCallable<Stream, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final RouteOwner owner;
    private final String name;
    private final Stream wanted;

    /** Null for the stream takes the one of that name away. */
    StreamOnNode(NginxNodeSettings node, RouteOwner owner, String name, Stream wanted) {
        this.node = node;
        this.owner = owner;
        this.name = name;
        this.wanted = wanted;
    }

    @Override
    public Stream call() throws IOException {
        NginxStreams streams = new NginxStreams(NodeAccess.installation(node));
        try {
            return (wanted == null ? streams.remove(name, owner) : streams.publish(wanted)).orElse(null);
        } catch (InvalidRouteException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nginx was changed; what was in force before is in force again", e);
        }
    }
}
