package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.figures.NodeFigures;
import io.jenkins.plugins.shera.nginx.figures.RequestLog;
import io.jenkins.plugins.shera.nginx.language.Parser;
import io.jenkins.plugins.shera.nginx.language.Statement;
import io.jenkins.plugins.shera.nginx.language.SyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what an nginx answered, by the hosts that routes and files of people name. Used on the node itself; changes nothing. */
public final class FigureReader {
    private final NginxNode node;
    private final RequestLog log;

    /** Of this nginx, which writes this log. */
    public FigureReader(NginxInstallation installation, Path log) {
        this.node = new NginxNode(installation);
        this.log = new RequestLog(log);
    }

    /**
     * The requests that ended in this range of time, in milliseconds since 1970.
     *
     * @throws IOException saying what to do when the log cannot be read
     */
    public NodeFigures read(long since, long until) throws IOException {
        NodeFigures.Sorter sorter = new NodeFigures.Sorter(tenantsByHost());
        RequestLog.Range range = log.read(since, until, sorter::count);
        return new NodeFigures(since, until, range.cut(), sorter.rows());
    }

    private Map<String, String> tenantsByHost() throws IOException {
        Map<String, String> tenants = new TreeMap<>();
        for (Map.Entry<String, String> file : node.siteFiles().entrySet()) {
            try {
                names(Parser.parse(file.getKey(), file.getValue()).statements(), tenants);
            } catch (SyntaxException e) {
                // A hand made it so; what it names is counted with the other hosts.
            }
        }
        node.routes()
                .routes()
                .forEach(route -> tenants.put(route.host(), route.owner().tenant()));
        return tenants;
    }

    private static void names(List<Statement> statements, Map<String, String> tenants) {
        for (Statement statement : statements) {
            if (statement.name().equals("server_name")) {
                statement.arguments().forEach(name -> tenants.put(name, ""));
            } else if (statement.block() != null) {
                names(statement.block(), tenants);
            }
        }
    }
}
