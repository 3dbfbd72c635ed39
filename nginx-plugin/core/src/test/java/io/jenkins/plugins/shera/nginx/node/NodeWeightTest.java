package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.CanaryRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.StaleWeightException;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.work.BringBackOnNode;
import io.jenkins.plugins.shera.nginx.work.RemoveOnNode;
import io.jenkins.plugins.shera.nginx.work.RemovedOnNode;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real nginx; only the stable and the canary behind it are small HTTP servers of the test. */
class NodeWeightTest {
    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;
    private HttpServer stable;
    private HttpServer canary;
    private RouteOwner shop;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
        stable = application("stable");
        canary = application("canary");
        shop = RouteOwner.of("retail", "shop", "prod");
        node.publish(route("shop"));
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.close();
        }
        stable.stop(0);
        canary.stop(0);
    }

    @Test
    void sendsTheShareAndKeepsItsClientsWhileItRises() throws Exception {
        node.weigh(weight(20, 1));
        Set<Integer> few = canaryClients();
        node.weigh(weight(60, 1));
        Set<Integer> many = canaryClients();

        assertThat(few).hasSizeBetween(15, 75);
        assertThat(many).hasSizeBetween(80, 160).containsAll(few);
        assertThat(node.weightOf(shop)).satisfies(read -> {
            assertThat(read.routed()).isTrue();
            assertThat(read.served()).isTrue();
            assertThat(read.weight().percent()).isEqualTo(60);
        });
    }

    @Test
    void triesHeadersThenCookiesThenTheShareAndTakesAccountOfCase() throws Exception {
        node.weigh(weight(0, 1, CanaryRule.of(true, "ring-1", "a+b"), CanaryRule.of(false, "X-Canary", "Yes")));

        assertThat(ask("X-Canary: Yes")).isEqualTo("canary");
        assertThat(ask("X-Canary: yes")).isEqualTo("stable");
        assertThat(ask("X-Canary: Yes, please")).isEqualTo("stable");
        assertThat(ask("Cookie: x=1; ring-1=a+b")).isEqualTo("canary");
        assertThat(ask("Cookie: ring-1=aab")).isEqualTo("stable");
        assertThat(ask("Cookie: xring-1=a+b")).isEqualTo("stable");
        assertThat(ask("X-None: 1")).isEqualTo("stable");
    }

    @Test
    void sendsAllAndThenNothing() throws Exception {
        node.weigh(weight(100, 3));
        assertThat(ask("User-Agent: any")).isEqualTo("canary");

        node.weigh(Weight.none(shop, "r", 3));

        assertThat(canaryClients()).isEmpty();
        assertThat(node.weights().of(shop))
                .hasValueSatisfying(left -> assertThat(left.generation()).isEqualTo(3));
    }

    @Test
    void refusesAnOlderRolloutAndAWeightWithoutRoute() throws Exception {
        node.weigh(weight(100, 5));

        assertThatThrownBy(() -> node.weigh(weight(0, 4)))
                .isInstanceOf(StaleWeightException.class)
                .hasMessageContaining("generation 5, ours is 4");
        assertThatThrownBy(() -> node.weigh(Weight.of(
                        RouteOwner.of("retail", "blog", "prod"),
                        1,
                        List.of(),
                        List.of(Member.of("10.0.0.1", 80, 1)),
                        "r",
                        1)))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageContaining("Publish it first");
        assertThat(ask("User-Agent: any")).isEqualTo("canary");
    }

    @Test
    void staysThroughAPushAndIsNotHeldUpByOne() throws Exception {
        node.weigh(weight(100, 1));
        node.publish(route("other"));
        assertThat(ask("User-Agent: any")).isEqualTo("canary");

        try (ReleaseFolder.Lock pushing = new ReleaseFolder(nginx.installation().folder()).lock()) {
            node.weigh(weight(0, 1, CanaryRule.of(false, "X-Canary", "1")));
        }

        assertThat(ask("User-Agent: any")).isEqualTo("stable");
    }

    @Test
    void servesNothingOfARemovedRouteAndNginxStillAccepts() throws Exception {
        node.weigh(weight(50, 1));
        node.remove(shop);
        node.publish(route("other"));

        assertThat(ask("User-Agent: any")).contains("404");
    }

    @Test
    void keepsTheOldWeightsWhenNginxRefuses() throws Exception {
        node.weigh(weight(100, 1));
        Path main = nginx.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replace("access_log off;", "no_such_directive on;"));

        assertThatThrownBy(() -> node.weigh(Weight.none(shop, "r", 2))).hasMessageContaining("no_such_directive");

        assertThat(ask("User-Agent: any")).isEqualTo("canary");
        assertThat(node.weights().of(shop).orElseThrow().generation()).isEqualTo(1);
        assertThat(Files.list(folder)).noneMatch(path -> path.toString().contains("shera-test"));
    }

    @Test
    void goesWithItsRouteAndComesBackWithIt() throws Exception {
        node.weigh(weight(100, 3));

        RemovedOnNode removed = new RemoveOnNode(shop).on(nginx.installation());

        assertThat(node.routes().routes()).isEmpty();
        assertThat(node.weights().of(shop).orElseThrow()).satisfies(left -> {
            assertThat(left.sendsNothing()).isTrue();
            assertThat(left.canary()).isEmpty();
        });
        assertThatThrownBy(() -> node.weigh(weight(0, 2)))
                .as("an older rollout is refused still")
                .isInstanceOf(StaleWeightException.class);

        new BringBackOnNode(removed).on(nginx.installation());

        assertThat(ask("User-Agent: any")).isEqualTo("canary");
        assertThat(node.drift().isNone()).isTrue();
    }

    @Test
    void ofAHandIsGoneWithItsRoute() throws Exception {
        node.weigh(weight(100, 0));

        new RemoveOnNode(shop).on(nginx.installation());
        node.publish(route("shop"));

        assertThat(node.weights().of(shop)).isEmpty();
        assertThat(ask("User-Agent: any")).isEqualTo("stable");
    }

    @Test
    void staysWithItsRouteWhereItCannotBeTakenAway() throws Exception {
        node.weigh(weight(100, 0));
        ReleaseFolder weights = new ReleaseFolder(nginx.installation().folder().resolve("weights"));

        try (ReleaseFolder.Lock busy = weights.lock()) {
            assertThatThrownBy(() -> new RemoveOnNode(shop).on(nginx.installation()))
                    .isInstanceOf(IOException.class);
        }

        assertThat(ask("User-Agent: any")).isEqualTo("canary");
        assertThat(node.drift().isNone()).isTrue();
    }

    private Weight weight(int percent, long generation, CanaryRule... rules) throws InvalidRouteException {
        return Weight.of(
                shop,
                percent,
                List.of(rules),
                List.of(Member.of("127.0.0.1", canary.getAddress().getPort(), 1)),
                "r",
                generation);
    }

    private Route route(String application) throws InvalidRouteException {
        return Route.of(
                RouteOwner.of("retail", application, "prod"),
                application + ".example.com",
                nginx.port(),
                "/",
                List.of(Member.of("127.0.0.1", stable.getAddress().getPort(), 1)));
    }

    private Set<Integer> canaryClients() throws IOException {
        Set<Integer> clients = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            if (ask("User-Agent: client " + i).equals("canary")) {
                clients.add(i);
            }
        }
        return clients;
    }

    private String ask(String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", nginx.port())) {
            socket.getOutputStream()
                    .write(("GET /a%20b HTTP/1.1\r\nHost: shop.example.com\r\n" + header
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.startsWith("HTTP/1.1 200")
                    ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                    : answer.lines().findFirst().orElse("");
        }
    }

    private static HttpServer application(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/a b", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
