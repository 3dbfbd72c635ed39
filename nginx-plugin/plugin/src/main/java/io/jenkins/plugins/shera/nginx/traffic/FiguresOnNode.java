package io.jenkins.plugins.shera.nginx.traffic;

import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.node.FigureReader;
import io.jenkins.plugins.shera.nginx.steps.NodeAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jenkins.security.MasterToSlaveCallable;

/** Counts on the machine of a node what its nginx answered; changes nothing. */
public final class FiguresOnNode extends MasterToSlaveCallable<NodeFigures, IOException> {
    private static final long serialVersionUID = 1L;

    private final NginxNodeSettings node;
    private final long since;
    private final long lately;

    private FiguresOnNode(NginxNodeSettings node, long since, long lately) {
        this.node = node;
        this.since = since;
        this.lately = lately;
    }

    /** In the time up to now, by the clock of the node. */
    public static FiguresOnNode lately(NginxNodeSettings node, Duration time) {
        return new FiguresOnNode(node, 0, time.toMillis());
    }

    /** From this moment of the node's clock up to now, in milliseconds since 1970. */
    public static FiguresOnNode since(NginxNodeSettings node, long since) {
        return new FiguresOnNode(node, since, 0);
    }

    @Override
    public NodeFigures call() throws IOException {
        if (node.getRequestLog().isEmpty()) {
            throw new IOException(Messages.FiguresOnNode_noLog());
        }
        long now = System.currentTimeMillis();
        return new FigureReader(NodeAccess.installation(node), Path.of(node.getRequestLog()))
                .read(since == 0 ? now - lately : since, now);
    }
}
