package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Stream;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxStreams;
import java.io.IOException;

/**
 * Puts a stream in force, or takes it away, and tells what was there before; null for nothing.
 *
 * @param wanted null takes the one of that name away
 */
public record StreamOnNode(RouteOwner owner, String name, Stream wanted) implements NodeWork<Stream> {
    @Override
    public Stream on(NginxInstallation nginx) throws IOException, InterruptedException, InvalidRouteException {
        NginxStreams streams = new NginxStreams(nginx);
        return (wanted == null ? streams.remove(name, owner) : streams.publish(wanted)).orElse(null);
    }
}
