package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx with its Lua module, whose members change while the same workers go on. */
class NodeLiveTest {
    @TempDir
    Path folder;

    private RealNginx nginx;
    private NginxNode node;
    private LivePeers live;
    private final List<HttpServer> servers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        nginx = RealNginx.startLua(folder);
        node = new NginxNode(nginx.installation());
        live = new LivePeers(nginx.installation());
    }

    @AfterEach
    void stop() throws Exception {
        servers.forEach(server -> server.stop(0));
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void membersChangeInTheSameWorkersAndArePartOfNoDrift() throws Exception {
        assertThat(new LuaModule(nginx.installation()).unable()).isEmpty();
        RouteSet first = shop(member("one", 1));
        long generation = node.replace(first).generation();
        assertThat(ask()).endsWith("one");
        Set<Long> workers = settledWorkers();

        for (String next : List.of("two", "three", "four")) {
            live.follow(shop(member(next, 1)));
            for (int i = 0; i < 10; i++) {
                assertThat(ask()).endsWith(next);
            }
        }

        assertThat(nginx.workers()).isEqualTo(workers);
        assertThat(node.drift()).satisfies(drift -> {
            assertThat(drift.generation()).isEqualTo(generation);
            assertThat(drift.changes()).isEmpty();
            assertThat(drift.served()).isTrue();
        });
        assertThat(node.routes().routes().iterator().next().members())
                .as("who asks what lies here is told the members of now")
                .containsExactly(
                        Member.of("127.0.0.1", servers.get(3).getAddress().getPort(), 1));
    }

    @Test
    void anNginxThatBeginsAnewOrReloadsHasTheMembersOfNow() throws Exception {
        node.replace(shop(member("one", 1)));
        live.follow(shop(member("two", 1)));

        nginx.close();
        nginx.again();

        assertThat(ask()).endsWith("two");
        nginx.reload();
        assertThat(ask()).endsWith("two");
        live.follow(shop(member("three", 1)));
        assertThat(ask()).endsWith("three");
    }

    @Test
    void killedWithItsMemoryItBeginsAgainWithTheFile() throws Exception {
        node.replace(shop(member("one", 1)));
        live.follow(shop(member("two", 1)));
        Set<Long> workers = settledWorkers();
        long master =
                Long.parseLong(Files.readString(folder.resolve("nginx.pid")).strip());
        ProcessHandle.of(master).orElseThrow().destroyForcibly();
        workers.forEach(worker -> ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly));
        for (int i = 0; i < 500 && nginx.isListening(); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }

        nginx.again();

        assertThat(ask()).endsWith("two");
    }

    @Test
    void weightsAreTurnsAndAMemberThatIsDownCostsNoRequest() throws Exception {
        node.replace(shop(member("heavy", 3), member("light", 1)));
        int port = servers.get(0).getAddress().getPort();
        int heavy = 0;
        for (int i = 0; i < 80; i++) {
            heavy += ask().endsWith("heavy") ? 1 : 0;
        }
        // Each of two workers takes turns of its own, so of 80 at most two are out of step.
        assertThat(heavy).isBetween(58, 62);

        servers.get(0).stop(0);
        for (int i = 0; i < 30; i++) {
            assertThat(ask()).startsWith("HTTP/1.1 200").endsWith("light");
        }
        assertThat(Files.readString(folder.resolve("error.log"))
                        .lines()
                        .filter(line -> line.contains(":" + port + "/")))
                .as("each worker asks it once, then it rests")
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void whatNginxRefusesChangesNoMember() throws Exception {
        node.replace(shop(member("one", 1)));
        Files.writeString(
                nginx.installation().mainConfig(),
                Files.readString(nginx.installation().mainConfig()).replace("access_log off;", "no_such on;"));
        Route other = route("shop", member("never", 1)).over(null);
        RouteSet two = RouteSet.of(List.of(other, route("cart", member("cart", 1))));

        assertThatThrownBy(() -> node.replace(two)).isInstanceOf(RefusedException.class);

        assertThat(ask()).endsWith("one");
        assertThat(live.isServed()).isTrue();
    }

    @Test
    void otherLiveRoutesThanThoseInForceAreNoMatterOfMembersAlone() throws Exception {
        node.replace(shop(member("one", 1)));

        assertThatThrownBy(() -> live.follow(RouteSet.of(List.of(route("cart", member("cart", 1))))))
                .isInstanceOf(RefusedException.class);

        assertThat(ask()).endsWith("one");
    }

    @Test
    void aRouteIsTakenBackToReloadsAndNothingOfLuaStays() throws Exception {
        node.replace(shop(member("one", 1)));

        node.replace(RouteSet.of(List.of(route("shop", member("two", 1)).living(false))));

        assertThat(ask()).endsWith("two");
        assertThat(folder.resolve("routes/current/live.conf")).doesNotExist();
        assertThat(folder.resolve("routes/live/routes.peers")).doesNotExist();
        assertThat(node.drift().changes()).isEmpty();
    }

    @Test
    void aFileThatAHandBrokeKeepsNobodyFromAnAnswerAndIsWrittenAnew() throws Exception {
        node.replace(shop(member("one", 1)));
        Files.writeString(folder.resolve("routes/live/routes.peers"), "shera-peers 7\nnonsense");
        assertThat(live.isServed()).isFalse();
        nginx.reload();
        assertThat(ask()).as("the memory outlives a reload").endsWith("one");

        live.follow(shop(member("two", 1)));

        assertThat(ask()).endsWith("two");
        assertThat(live.isServed()).isTrue();
    }

    @Test
    void manyRoutesShareOneUpstreamAndEachHasItsMembers() throws Exception {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            routes.add(route("a" + i, Member.of("10.0.0.1", 80, 1)));
        }
        routes.add(route("shop", member("shop", 1)));
        routes.add(route("cart", member("cart", 1)));
        node.replace(RouteSet.of(routes));

        assertThat(ask()).endsWith("shop");
        assertThat(nginx.ask("cart.example.com", "/")).endsWith("cart");
        routes.set(600, route("shop", member("moved", 1)));
        Set<Long> workers = settledWorkers();
        live.follow(RouteSet.of(routes));
        assertThat(ask()).endsWith("moved");
        assertThat(nginx.workers()).isEqualTo(workers);
        assertThat(Files.readString(folder.resolve("routes/current/live.conf")).split("upstream "))
                .hasSize(2);
    }

    @Test
    void whyItCannotIsSaidWithWhatToDo() throws Exception {
        Path main = nginx.installation().mainConfig();
        String whole = Files.readString(main);
        Files.writeString(main, whole.replaceAll("load_module [^;]*;", ""));
        assertThat(new LuaModule(nginx.installation()).unable().orElse("")).contains("libnginx-mod-http-lua");
        Files.writeString(main, whole.replace("http {", "http { init_by_lua_block { x = 1 }"));
        assertThat(new LuaModule(nginx.installation()).unable().orElse("")).contains("init_by_lua of its own");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(".shera"));
        }
    }

    private String ask() throws IOException {
        return nginx.ask("shop.example.com", "/");
    }

    /** Once those of before the last reload have left. */
    private Set<Long> settledWorkers() throws Exception {
        for (int i = 0; i < 500 && nginx.workers().size() != 2; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(nginx.workers()).hasSize(2);
        return nginx.workers();
    }

    private RouteSet shop(Member... members) throws Exception {
        return RouteSet.of(List.of(route("shop", members)));
    }

    private Route route(String name, Member... members) throws Exception {
        return Route.of(
                        RouteOwner.of("retail", name, "dev"),
                        name + ".example.com",
                        nginx.port(),
                        "/",
                        List.of(members))
                .living(true);
    }

    private Member member(String says, int weight) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = says.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return Member.of("127.0.0.1", server.getAddress().getPort(), weight);
    }
}
