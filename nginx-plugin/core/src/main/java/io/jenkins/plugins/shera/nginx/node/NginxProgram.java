package io.jenkins.plugins.shera.nginx.node;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.RouteTls;
import io.jenkins.plugins.shera.nginx.model.RouteTls.Http2;
import io.jenkins.plugins.shera.nodes.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the nginx program of a node can do of TLS, as it tells itself.
 *
 * @param version as {@code 1.22.1}
 * @param tls whether it was built with TLS that tells names apart
 * @param http2 whether it was built with HTTP/2
 * @param stream whether it was built with TCP and UDP, be it as a module that has to be loaded
 */
record NginxProgram(String version, boolean tls, boolean http2, boolean stream) {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("nginx version: [^/\\s]+/([0-9]{1,4}(\\.[0-9]{1,4}){1,3})");
    private static final Pattern STREAM = Pattern.compile("--with-stream(=dynamic)?(\\s|$)");
    private static final List<Integer> REJECTS_HANDSHAKES = List.of(1, 19, 4);
    private static final List<Integer> HTTP2_DIRECTIVE = List.of(1, 25, 1);

    static NginxProgram of(NginxInstallation nginx) throws IOException, InterruptedException {
        Command.Result said = Command.run(
                List.of(nginx.binary().toString(), "-V"), nginx.folder().getRoot(), LIMIT);
        return told(said.output());
    }

    static NginxProgram told(String output) {
        Matcher version = VERSION.matcher(output);
        return new NginxProgram(
                version.find() ? version.group(1) : "0",
                output.contains("TLS SNI support enabled") && output.contains("http_ssl_module"),
                output.contains("http_v2_module"),
                STREAM.matcher(output).find());
    }

    /** The routes as this nginx can serve them, HTTP/2 written in its way; refuses what it does not know. */
    RouteSet fitting(RouteSet routes) throws InvalidRouteException {
        List<RouteTls> wanted = routes.routes().stream()
                .filter(route -> route.tls() != null)
                .map(route -> route.tls())
                .toList();
        if (wanted.isEmpty()) {
            return routes;
        }
        if (!tls) {
            throw new InvalidRouteException("nginx " + version + " of this node was built without TLS "
                    + "(http_ssl_module, SNI). Install a package that has it, or publish without tls.");
        }
        if (!isAtLeast(REJECTS_HANDSHAKES)) {
            throw new InvalidRouteException("nginx " + version + " of this node cannot refuse handshakes for unknown "
                    + "names, which came with 1.19.4. Install a later one, or publish without tls.");
        }
        if (!http2 && wanted.stream().anyMatch(one -> one.http2() != Http2.OFF)) {
            throw new InvalidRouteException("nginx " + version + " of this node was built without HTTP/2 "
                    + "(http_v2_module). Leave http2 out, or install a package that has it.");
        }
        Http2 way = isAtLeast(HTTP2_DIRECTIVE) ? Http2.DIRECTIVE : Http2.LISTEN;
        return routes.changedTls(one -> one.http2() == Http2.OFF ? one : one.offering(way));
    }

    private boolean isAtLeast(List<Integer> wanted) {
        String[] parts = version.split("\\.");
        for (int i = 0; i < wanted.size(); i++) {
            int part = i < parts.length ? Integer.parseInt(parts[i]) : 0;
            if (part != wanted.get(i)) {
                return part > wanted.get(i);
            }
        }
        return true;
    }
}
