package io.jenkins.plugins.shera.demo.examples;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.demo.site.Tenants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The application outside of Kubernetes is a small HTTP server on the loopback address. */
final class NginxPublishExample implements Example {
    private static final String HOST = "crm.example.com";
    private static final String ANSWER = "the old customer file";

    private int port;

    @Override
    public void beforeJenkins(DemoSite site) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        AutoCloseable stop = () -> server.stop(0);
        site.closing(stop);
        port = server.getAddress().getPort();
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        site.client()
                .write(
                        "shera/tenant/" + Tenants.FIRST + "/createApplication",
                        Map.of(
                                "name",
                                "crm",
                                "environments",
                                List.of(Map.of(
                                        "name",
                                        "dev",
                                        "cluster",
                                        "local",
                                        "namespace",
                                        site.namespace(Tenants.FIRST)))));
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of("HOST", HOST, "MEMBER", "127.0.0.1:" + port);
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.routePort())) {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            build.expect(answer.contains(ANSWER), "nginx answers for " + HOST + ": " + answer);
        }
    }
}
