package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.node.FigureReader;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Counts what an nginx answered; changes nothing.
 *
 * @param log where it writes a line for each request
 * @param since from this moment of the node's clock, in milliseconds since 1970; 0 for the time up to now
 * @param lately milliseconds up to now, where there is no such moment
 */
public record FiguresOnNode(String log, long since, long lately) implements NodeWork<NodeFigures> {
    /** In the time up to now, by the clock of the node. */
    public static FiguresOnNode lately(String log, Duration time) {
        return new FiguresOnNode(log, 0, time.toMillis());
    }

    /** From this moment of the node's clock up to now, in milliseconds since 1970. */
    public static FiguresOnNode since(String log, long since) {
        return new FiguresOnNode(log, since, 0);
    }

    @Override
    public NodeFigures on(NginxInstallation nginx) throws IOException {
        long now = System.currentTimeMillis();
        return new FigureReader(nginx, Path.of(log)).read(since == 0 ? now - lately : since, now);
    }
}
