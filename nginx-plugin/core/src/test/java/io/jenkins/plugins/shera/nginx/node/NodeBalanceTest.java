package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteBalance;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.Weight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to choose a member by whom requests to one real nginx reach; the members, which tell their numbers, are the test's. */
class NodeBalanceTest {
    private static final int MEMBERS = 3;
    private static final Pattern COOKIE =
            Pattern.compile("\nSet-Cookie: (SRV=[0-9a-f]{16}); Path=/; HttpOnly; SameSite=Lax\r\n");

    @TempDir
    static Path folder;

    private static RealNginx nginx;
    private static NginxNode node;
    private static final List<HttpServer> MEMBER = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
        for (int i = 0; i <= MEMBERS; i++) {
            MEMBER.add(member(i, 0));
        }
    }

    private static HttpServer member(int number, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        byte[] body = ("member " + number).getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    @AfterAll
    static void stop() throws Exception {
        MEMBER.forEach(server -> server.stop(0));
        if (nginx != null) {
            nginx.close();
        }
    }

    private static RouteOwner owner(String application) throws InvalidRouteException {
        return RouteOwner.of("retail", application, "prod");
    }

    private static void publish(String application, RouteBalance balance) throws Exception {
        List<Member> members = new ArrayList<>();
        for (HttpServer each : MEMBER.subList(0, MEMBERS)) {
            members.add(Member.of("127.0.0.1", each.getAddress().getPort(), 1));
        }
        node.publish(Route.of(owner(application), application + ".example.com", nginx.port(), "/", members)
                .ruled(RouteRules.NONE.balanced(balance)));
    }

    private static String ask(String application, String path, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), nginx.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + application
                                    + ".example.com\r\nConnection: close\r\n" + header + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String who(String answer) {
        return answer.substring(answer.lastIndexOf("member "));
    }

    private static Set<String> asked(String application, String path, String header) throws IOException {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            all.add(who(ask(application, path, header)));
        }
        return all;
    }

    @Test
    void everyWayIsServedAndAHashKeepsToItsMember() throws Exception {
        for (String method : List.of("least_conn", "random", "")) {
            publish("ways", RouteBalance.of(method, null, 3, 20));
            assertThat(asked("ways", "/", "")).as(method).hasSizeGreaterThan(1);
        }
        publish("ways", RouteBalance.of("ip_hash", null, 0, 0));
        assertThat(asked("ways", "/", "")).hasSize(1);
        publish("ways", RouteBalance.of("header X-User", null, 0, 0));
        publish("other", RouteBalance.of("uri", null, 0, 0));
        Set<String> users = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            assertThat(asked("ways", "/", "X-User: u" + i + "\r\n")).hasSize(1);
            users.add(who(ask("ways", "/", "X-User: u" + i + "\r\n")));
            paths.add(who(ask("other", "/p" + i, "")));
        }
        assertThat(users).hasSizeGreaterThan(1);
        assertThat(paths).hasSizeGreaterThan(1);
        publish("ways", RouteBalance.of("cookie sid", null, 0, 0));
        assertThat(asked("ways", "/", "Cookie: a=b; sid=7\r\n")).hasSize(1);
    }

    @Test
    void aStickyCookieKeepsAClientWhileItsMemberIsUpAndFindsAnotherWhenNot() throws Exception {
        publish("sticky", RouteBalance.of("", "SRV", 1, 20));
        String first = ask("sticky", "/", "");
        Matcher set = COOKIE.matcher(first);
        assertThat(set.find()).as(first).isTrue();
        String cookie = "Cookie: lang=zh; " + set.group(1) + "\r\n";
        assertThat(asked("sticky", "/x", cookie)).containsExactly(who(first));
        assertThat(ask("sticky", "/", cookie)).doesNotContain("Set-Cookie");
        assertThat(COOKIE.matcher(ask("sticky", "/", "Cookie: SRV=0123456789abcdef\r\n"))
                        .find())
                .isTrue();
        assertThat(COOKIE.matcher(ask("sticky", "/", "Cookie: SRV=$host\r\n")).find())
                .isTrue();

        // The canary answers whom its share draws, and leaves their cookies alone.
        node.weigh(Weight.of(
                owner("sticky"),
                100,
                List.of(),
                List.of(Member.of("127.0.0.1", MEMBER.get(MEMBERS).getAddress().getPort(), 1)),
                "r1",
                1));
        assertThat(ask("sticky", "/", cookie)).endsWith("member " + MEMBERS).doesNotContain("Set-Cookie");
        node.weigh(Weight.of(owner("sticky"), 0, List.of(), List.of(), "r1", 2));
        assertThat(who(ask("sticky", "/", cookie))).isEqualTo(who(first));

        int number = Integer.parseInt(who(first).substring("member ".length()));
        int port = MEMBER.get(number).getAddress().getPort();
        MEMBER.get(number).stop(0);
        String after = ask("sticky", "/", cookie);
        assertThat(after).startsWith("HTTP/1.1 200");
        assertThat(who(after)).isNotEqualTo(who(first));
        assertThat(COOKIE.matcher(after).find()).isTrue();
        MEMBER.set(number, member(number, port));
    }

    @Test
    void refusesWhatIsNoWay() {
        refused("is no way to choose", () -> RouteBalance.of("sticky", null, 0, 0));
        refused("is no way to choose", () -> RouteBalance.of("header", null, 0, 0));
        refused("is no way to choose", () -> RouteBalance.of("least_conn x", null, 0, 0));
        refused("name of a header", () -> RouteBalance.of("header X_User", null, 0, 0)
                .check());
        refused("name of a cookie", () -> RouteBalance.of("cookie a-b", null, 0, 0)
                .check());
        refused("name of a cookie", () -> RouteBalance.of("", "a;b", 0, 0).check());
        refused("number of failures", () -> RouteBalance.of("", null, -1, 0).check());
        refused("left out", () -> RouteBalance.of("", null, 0, 9999).check());
    }

    private static void refused(String why, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidRouteException.class).hasMessageContaining(why);
    }
}
