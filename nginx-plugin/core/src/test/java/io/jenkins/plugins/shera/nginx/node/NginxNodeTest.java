package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.model.Weight;
import io.jenkins.plugins.shera.nginx.render.RouteFiles;
import io.jenkins.plugins.shera.nodes.Release;
import io.jenkins.plugins.shera.nodes.ReleaseFolder;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real nginx; only the applications behind it are small HTTP servers of the test. */
class NginxNodeTest {
    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;
    private HttpServer shop;

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
        shop = application("this is the shop");
    }

    @AfterEach
    void stop() throws Exception {
        shop.stop(0);
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void servesAPublishedRouteAndNothingElse() throws Exception {
        node.publish(route("retail", "shop", "shop.example.com", "/"));

        assertThat(get("shop.example.com", "/")).endsWith("this is the shop");
        assertThat(get("other.example.com", "/")).startsWith("HTTP/1.1 404");
    }

    @Test
    void servesTwoApplicationsOfATenantOnOneHost() throws Exception {
        HttpServer cart = application("this is the cart");
        try {
            node.publish(route("retail", "shop", "shop.example.com", "/"));
            node.publish(Route.of(
                    RouteOwner.of("retail", "cart", "prod"),
                    "shop.example.com",
                    nginx.port(),
                    "/cart/",
                    List.of(Member.of("127.0.0.1", cart.getAddress().getPort(), 1))));

            assertThat(get("shop.example.com", "/cart/1")).endsWith("this is the cart");
            assertThat(get("shop.example.com", "/")).endsWith("this is the shop");
        } finally {
            cart.stop(0);
        }
    }

    @Test
    void servesAmongManyRoutesWithoutAnUpstreamForEach() throws Exception {
        RouteSet many = RouteSet.of(List.of());
        for (int i = 0; i < 600; i++) {
            many = many.with(route("retail", "shop-" + i, "shop-" + i + ".example.com", "/"));
        }
        node.publish(route("retail", "first", "first.example.com", "/"));
        try (ReleaseFolder.Lock held = new ReleaseFolder(nginx.installation().folder()).lock()) {
            ReleaseFolder routes = new ReleaseFolder(nginx.installation().folder());
            String weights = nginx.installation()
                    .folder()
                    .resolve("weights/current/*.conf")
                    .toString();
            routes.activate(
                    held,
                    routes.stage(
                            held, RouteFiles.render(many, nginx.installation().versionPort(), weights)));
        }

        Release release = node.publish(route("retail", "one-more", "one-more.example.com", "/"));

        assertThat(Files.readString(release.folder().resolve("routes.conf"))).doesNotContain("upstream");
        assertThat(get("shop-7.example.com", "/any")).endsWith("this is the shop");
        assertThat(get("shop-601.example.com", "/")).startsWith("HTTP/1.1 404");
        assertThat(node.drift().isNone()).isTrue();
        node.weigh(Weight.of(
                RouteOwner.of("retail", "shop-7", "prod"),
                100,
                List.of(),
                List.of(Member.of("127.0.0.1", 9, 1)),
                "r",
                1));
        assertThat(get("shop-7.example.com", "/")).startsWith("HTTP/1.1 502");
        assertThat(get("shop-8.example.com", "/")).endsWith("this is the shop");
        assertThat(get("one-more.example.com", "/")).endsWith("this is the shop");
    }

    @Test
    void stopsServingARemovedRoute() throws Exception {
        node.publish(route("retail", "shop", "shop.example.com", "/"));
        node.publish(route("retail", "blog", "blog.example.com", "/"));

        node.remove(RouteOwner.of("retail", "shop", "prod"));

        assertThat(get("shop.example.com", "/")).startsWith("HTTP/1.1 404");
        assertThat(get("blog.example.com", "/")).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesAHostOfAnotherTenantWithoutNamingIt() throws Exception {
        node.publish(route("retail", "shop", "shop.example.com", "/"));

        assertThatThrownBy(() -> node.publish(route("bank", "trap", "shop.example.com", "/admin")))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessage("The host shop.example.com belongs to another tenant of this nginx cluster. "
                        + "Choose another host name, or ask an administrator to move it.");
    }

    @Test
    void keepsTheOldRoutesWhenNginxRefuses() throws Exception {
        node.publish(route("retail", "shop", "shop.example.com", "/"));
        // Breaks any further test by nginx without touching what runs.
        Files.writeString(
                nginx.installation().mainConfig(),
                Files.readString(nginx.installation().mainConfig())
                        .replace("access_log off;", "no_such_directive on;"));

        assertThatThrownBy(() -> node.publish(route("retail", "blog", "blog.example.com", "/")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("nginx refused the configuration, and the earlier one stays in force: ")
                .hasMessageContaining("unknown directive \"no_such_directive\" in nginx.conf:");

        assertThat(get("shop.example.com", "/")).endsWith("this is the shop");
        assertThat(node.routes().routes()).hasSize(1);
        assertThat(Files.list(folder)).noneMatch(path -> path.toString().contains("shera-test"));
    }

    @Test
    void saysWhichLineTheMainConfigurationLacks() throws Exception {
        Path main = nginx.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replaceAll("include .*;", ""));

        assertThatThrownBy(() -> node.publish(route("retail", "shop", "shop.example.com", "/")))
                .hasMessage("nginx would not read our files: " + main + " does not include them. Add the line 'include "
                        + folder + "/routes/current/*.conf;' to its http block, then publish again.");
    }

    @Test
    void saysWhenNginxDoesNotRunAndLeavesNothingBehind() throws Exception {
        nginx.close();

        assertThatThrownBy(() -> node.publish(route("retail", "shop", "shop.example.com", "/")))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("nginx could not be told to reload; is it running with ");

        assertThat(folder.resolve("routes/current")).doesNotExist();
    }

    @Test
    void doesNotReloadForTheSameRoutes() throws Exception {
        Release first = node.publish(route("retail", "shop", "shop.example.com", "/"));
        Release second = node.publish(route("retail", "shop", "shop.example.com", "/"));

        assertThat(second.generation()).isEqualTo(first.generation());
    }

    private Route route(String tenant, String application, String host, String path) throws InvalidRouteException {
        return Route.of(
                RouteOwner.of(tenant, application, "prod"),
                host,
                nginx.port(),
                path,
                List.of(Member.of("127.0.0.1", shop.getAddress().getPort(), 1)));
    }

    private String get(String host, String path) throws IOException {
        return nginx.ask(host, path);
    }

    private static HttpServer application(String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
