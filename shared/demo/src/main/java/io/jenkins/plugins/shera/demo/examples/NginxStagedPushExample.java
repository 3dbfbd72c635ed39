package io.jenkins.plugins.shera.demo.examples;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.demo.parts.Machine;
import io.jenkins.plugins.shera.demo.parts.Nginx;
import io.jenkins.plugins.shera.demo.site.DemoSite;
import io.jenkins.plugins.shera.demo.site.RunningBuild;
import io.jenkins.plugins.shera.demo.site.Stages;
import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A tenant with an nginx cluster of its own: two real nginx. Both are on this machine, so they share the port by {@code reuseport}, and
 * either may answer; that each has the file is read off its disk.
 */
final class NginxStagedPushExample implements Example {
    private static final String TENANT = "logistics";
    private static final String ANSWER = "the stock of the depot";

    private final List<NginxInstallation> nodes = new ArrayList<>();
    private int member;
    private int port;

    @Override
    public String missing(DemoSite site) {
        return Machine.find("nginx").isEmpty() ? "no nginx: install the package 'nginx'" : "";
    }

    @Override
    public String tenant() {
        return TENANT;
    }

    @Override
    public void beforeJenkins(DemoSite site) throws Exception {
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
        member = server.getAddress().getPort();
        port = Machine.freePort();
        for (int i = 0; i < 2; i++) {
            Nginx nginx = site.closing(Nginx.start(site.folder("depot-" + i), site.leftovers(), true));
            nodes.add(nginx.installation());
        }
        site.addNginxCluster("depot", TENANT, nodes);
    }

    @Override
    public void prepare(DemoSite site) throws Exception {
        site.client().write("shera/createTenant", Map.of("id", TENANT, "displayName", "Logistics", "folder", TENANT));
    }

    @Override
    public Map<String, String> parameters(DemoSite site) {
        return Map.of(
                "PORT",
                port + " reuseport",
                "MEMBER",
                "127.0.0.1:" + member,
                "CHECK",
                "http://127.0.0.1:" + port + "/health");
    }

    @Override
    public void check(DemoSite site, RunningBuild build, Stages table) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        build.expect(answer.equals(ANSWER), "nginx answers for the ERP system: " + answer);
        for (NginxInstallation node : nodes) {
            boolean there = Files.exists(node.folder().resolve("site/current/erp.conf"));
            build.expect(there, "every node has the file: " + node.folder());
        }
    }
}
