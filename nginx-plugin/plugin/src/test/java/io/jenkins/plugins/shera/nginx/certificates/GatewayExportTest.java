package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxConfiguration;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The same requests to nginx and to a real Gateway, which serves what was exported of the route, reach the same backends. */
@Tag("cluster")
@Tag("slow")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class GatewayExportTest extends ClusterRig {
    private static final String GATEWAY = "10.200.0.2";
    private static final int GATEWAY_PORT = 8000;

    private final List<HttpServer> backends = new ArrayList<>();

    @AfterEach
    void end() {
        backends.forEach(each -> each.stop(0));
    }

    @Test
    void aGatewayServesWhatNginxServes() throws Exception {
        boolean there = true;
        try {
            kubernetes.api().get("/apis/gateway.networking.k8s.io/v1");
        } catch (IOException e) {
            there = false;
        }
        if ("1".equals(System.getenv("SHERA_REQUIRE_REAL"))) {
            assertThat(there).as("the cluster has a Gateway API").isTrue();
        }
        Assumptions.assumeTrue(there, "the cluster has no Gateway API");
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(InetAddress.getByName(GATEWAY), GATEWAY_PORT);
            service("shop", socket.getLocalAddress().getHostAddress());
            service("shop-next", socket.getLocalAddress().getHostAddress());
        }
        use();
        String host = namespace + ".example.com";
        Map<String, Object> route = Map.of("nginx", "edge", "application", "shop", "environment", "dev", "host", host);
        assertThat(tenants.post("dev", FRONT + "publish", route).body()).contains("\"ok\":true");
        assertThat(export("weightless/", 422)).contains("namespace and name");

        split(0);
        String yaml = export("gateway/realkube", 200);
        apply(yaml);
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> ask(
                        GATEWAY, GATEWAY_PORT, host, "X-Test: yes")
                .equals("shop-next"));
        for (String header : List.of(
                "X-Test: yes",
                "X-Test: no",
                "x-test: yes",
                "Cookie: beta=1.2",
                "Cookie: a=b; beta=1.2; c=d",
                "Cookie: beta=102",
                "Cookie: notbeta=1.2",
                "Accept: text/html")) {
            assertThat(ask(GATEWAY, GATEWAY_PORT, host, header))
                    .as(header)
                    .isEqualTo(ask("127.0.0.1", nginx.port(), host, header));
        }

        split(30);
        apply(export("gateway/realkube", 200));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> share(GATEWAY, GATEWAY_PORT, host, 20) > 0);
        assertThat(share(GATEWAY, GATEWAY_PORT, host, 200)).isBetween(30, 95);
        assertThat(share("127.0.0.1", nginx.port(), host, 200)).isBetween(30, 95);
        assertThat(ask(GATEWAY, GATEWAY_PORT, host, "X-Test: yes")).isEqualTo("shop-next");

        tenants.post(
                "dev",
                FRONT + "rules",
                Map.of("nginx", "edge", "application", "shop", "environment", "dev", "maxBody", "2m"));
        assertThat(export("gateway/realkube", 422)).contains("has no words for limits");
    }

    @Test
    void aPersonIsShownARouteAsAnHttpRouteAndWhyNot(Page page) throws Exception {
        service("shop", "10.1.2.3");
        use();
        String host = namespace + ".example.com";
        Map<String, Object> route = Map.of("nginx", "edge", "application", "shop", "environment", "dev", "host", host);
        assertThat(tenants.post("dev", FRONT + "publish", route).body()).contains("\"ok\":true");

        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(jenkins.getURL() + FRONT + "#edge").see("section[aria-label=Routes]", host);
        page.click("section[aria-label=Routes] button[aria-label*=HTTPRoute]");
        page.type("input[aria-label='Namespace and name of the Gateway']", "weightless");
        page.click(".shera-ng__rules button.jenkins-button").see(".shera-problem", "namespace and name");
        page.takeFindings();
        page.type("input[aria-label='Namespace and name of the Gateway']", "gateway/edge");
        page.click(".shera-ng__rules button.jenkins-button").see(".shera-ng__rules pre", "kind: \"HTTPRoute\"");
        page.see(".shera-ng__rules pre", host).assertAccessible("#shera-page").photograph("export-light");
        page.assertClean();
    }

    private String export(String gateway, int status) throws Exception {
        HttpResponse<String> answer = tenants.get(
                "reader", FRONT + "httpRoute?cluster=edge&application=shop&environment=dev&gateway=" + gateway);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private void split(int percent) throws Exception {
        NginxNode node = new NginxNode(nginx.installation());
        String canary = kubernetes
                .api()
                .get("/api/v1/namespaces/" + namespace + "/services/shop-next")
                .at("/spec/clusterIP")
                .asText();
        node.weigh(Weight.of(
                RouteOwner.of("retail", "shop", "dev"),
                percent,
                List.of(CanaryRule.of(true, "beta", "1.2"), CanaryRule.of(false, "X-Test", "yes")),
                List.of(Member.of(canary, 8080, 1)),
                "r" + percent,
                percent + 1));
    }

    /** An application whose environment lies in the real cluster. */
    private void use() {
        Application shop = new Application("retail", "shop");
        shop.setEnvironments(List.of(new Environment("dev", "real", namespace)));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setApplications(List.of(shop));
            NginxCluster edge = NginxConfiguration.get().getClusters().get(0);
            edge.setTenants("retail");
        }
    }

    /** A Service without pods, which leads to a server of this test. */
    private void service(String name, String address) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = name.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        backends.add(server);
        apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: %2$s}
                spec: {ports: [{name: http, port: 8080, targetPort: %3$d}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s, namespace: %2$s, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: http, port: %3$d, protocol: TCP}]
                endpoints: [{addresses: [%4$s], conditions: {ready: true}}]
                """
                        .formatted(name, namespace, server.getAddress().getPort(), address));
    }

    private static int share(String address, int port, String host, int requests) throws Exception {
        int canary = 0;
        for (int i = 0; i < requests; i++) {
            canary += ask(address, port, host, "User-Agent: client-" + i).equals("shop-next") ? 1 : 0;
        }
        return canary;
    }

    private static String ask(String address, int port, String host, String header) throws Exception {
        try (Socket socket = new Socket(address, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + header + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.contains("shop-next")
                    ? "shop-next"
                    : answer.endsWith("shop") || answer.contains("\r\nshop\r\n") ? "shop" : answer;
        }
    }
}
