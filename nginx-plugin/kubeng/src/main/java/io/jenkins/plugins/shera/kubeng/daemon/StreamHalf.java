package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.kubeng.endpoints.EndpointBook;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.StreamSet;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxStreams;
import io.jenkins.plugins.shera.nginx.render.Fingerprint;
import io.jenkins.plugins.shera.nginx.render.StreamFiles;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;
import java.util.List;

/** The TCP and UDP ports of nginx, which keep neither routes nor weights waiting. */
final class StreamHalf implements IntentLane.Nginx {
    private final NginxStreams streams;
    private volatile StreamSet inForce = StreamSet.of(List.of());

    StreamHalf(NginxInstallation nginx) {
        this.streams = new NginxStreams(nginx);
    }

    /** What nginx serves. */
    StreamSet inForce() {
        return inForce;
    }

    @Override
    public void served(Assembly assembly) {
        inForce = assembly.streams();
    }

    @Override
    public Assembly assemble(Intent intent, EndpointBook book) throws IOException {
        return Assembly.streams(intent, book);
    }

    @Override
    public String fingerprint(Assembly assembly) {
        return Fingerprint.of(StreamFiles.render(assembly.streams(), 1).get(StreamFiles.PROOF));
    }

    @Override
    public Assembly apply(Assembly assembly) throws IOException, InterruptedException {
        try {
            streams.replace(assembly.streams());
            return assembly;
        } catch (InvalidRouteException e) {
            throw new Rollover.RefusedException(e.getMessage());
        }
    }
}
