package io.jenkins.plugins.shera.nginx.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.shera.nginx.model.HeaderRule;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.model.Route;
import io.jenkins.plugins.shera.nginx.model.RouteAccess;
import io.jenkins.plugins.shera.nginx.model.RouteLimits;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRedirect;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.model.RouteSet;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.nodes.Rollover.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of routes by their effect on requests to one real nginx; the application behind it, which tells what it got, is the test's. */
class NodeRulesTest {
    /** {@code anna} with the password {@code sesame}. */
    private static final String ANNA = "anna:$6$saltsalt$";

    @TempDir
    static Path folder;

    private static RealNginx nginx;
    private static NginxNode node;
    private static HttpServer shop;

    @BeforeAll
    static void start() throws Exception {
        // Workers are another user than this test's and have to come in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        nginx = RealNginx.start(folder);
        node = new NginxNode(nginx.installation());
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", NodeRulesTest::tell);
        shop.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (shop != null) {
            shop.stop(0);
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    private static void tell(HttpExchange exchange) throws IOException {
        StringBuilder body = new StringBuilder("path " + exchange.getRequestURI() + "\n");
        new TreeMap<>(exchange.getRequestHeaders()).forEach((name, values) -> body.append("got ")
                .append(name)
                .append(": ")
                .append(String.join("|", values))
                .append('\n'));
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-Powered-By", "shop 1.0");
        exchange.getResponseHeaders().add("X-Kind", "of the shop");
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void setsAndTakesAwayHeadersOfBothWays() throws Exception {
        rule(
                "headers.example.com",
                new RouteRules(
                        false,
                        List.of(new HeaderRule("X-Team", "a \"b\" {c}; #d \\"), new HeaderRule("X-Debug", null)),
                        List.of(new HeaderRule("X-Powered-By", null), new HeaderRule("X-Kind", "of nginx; 'x'")),
                        null,
                        null,
                        null,
                        null));

        String answer = ask("GET / HTTP/1.1\r\nHost: headers.example.com\r\nX-Debug: 1\r\nX-Team: forged\r\n");

        assertThat(answer)
                .contains("got X-team: a \"b\" {c}; #d \\\n")
                .contains("got X-real-ip: 127.0.0.1")
                .contains("\r\nX-Kind: of nginx; 'x'\r\n")
                .doesNotContain("X-debug")
                .doesNotContain("X-Powered-By")
                .doesNotContain("of the shop");
    }

    @Test
    void refusesTooMuchAndTooOften() throws Exception {
        rule("limits.example.com", limits(new RouteLimits(1000, 1, 2, 5, 0, 3, 30, 30)));
        String get = "GET / HTTP/1.1\r\nHost: limits.example.com\r\n";

        assertThat(ask("POST / HTTP/1.1\r\nHost: limits.example.com\r\nContent-Length: 2000\r\n"))
                .startsWith("HTTP/1.1 413");
        String statuses = "";
        for (int i = 0; i < 6; i++) {
            statuses += ask(get).substring(9, 12) + " ";
        }
        assertThat(statuses).startsWith("200 ").contains("429 ").doesNotContain("50");

        rule("limits.example.com", limits(new RouteLimits(4000, 1000, 0, 0, 0, 0, 0, 0)));
        assertThat(ask("POST / HTTP/1.1\r\nHost: limits.example.com\r\nContent-Length: 2000\r\n", "x".repeat(2000)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void letsInWhoIsAllowedAndNobodyWhoIsDenied() throws Exception {
        String get = "GET / HTTP/1.1\r\nHost: access.example.com\r\n";
        rule("access.example.com", access(new RouteAccess(List.of("10.0.0.0/8", "fd00::/8"), null, null, null, null)));
        assertThat(ask(get)).startsWith("HTTP/1.1 403");

        rule("access.example.com", access(new RouteAccess(List.of("127.0.0.0/8"), null, null, null, null)));
        assertThat(ask(get)).startsWith("HTTP/1.1 200");

        rule(
                "access.example.com",
                access(new RouteAccess(List.of("127.0.0.0/8"), List.of("127.0.0.1"), null, null, null)));
        assertThat(ask(get)).startsWith("HTTP/1.1 403");

        node.rule(owner("access"), RouteRules.NONE, List.of());
        assertThat(ask(get)).startsWith("HTTP/1.1 200");
        assertThat(route("access").rules()).isNull();
    }

    @Test
    void asksForAPasswordAndKeepsTheFileFromOthers() throws Exception {
        PasswordFile people = PasswordFile.of(ANNA + hashOfSesame() + "\n");
        RouteAccess wanted = new RouteAccess(null, null, "shop staff", List.of("anna"), people.version());
        node.publish(of("retail", "users", "users.example.com", "/").ruled(access(wanted)), List.of(), List.of(people));

        assertThat(ask("GET / HTTP/1.1\r\nHost: users.example.com\r\n"))
                .startsWith("HTTP/1.1 401")
                .contains("Basic realm=\"shop staff\"");
        assertThat(ask(as("anna:sesame"))).startsWith("HTTP/1.1 200");
        assertThat(ask(as("anna:Sesame"))).startsWith("HTTP/1.1 401");
        assertThat(ask(as("berta:sesame"))).startsWith("HTTP/1.1 401");

        Path file = nginx.installation().folder().resolve("users").resolve(people.version());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .endsWith("---")
                .startsWith("rw-");
        NodeReading reading = new NodeReader(nginx.installation()).read(null);
        assertThat(reading.found() + " " + reading.intended() + reading.routes() + reading.generated())
                .doesNotContain("saltsalt");
        assertThat(node.drift().isNone()).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(node.drift().changes())
                .containsExactly(
                        "users: the password file of users.example.com can be read by everybody on the machine");
        node.rule(owner("users"), access(wanted), List.of(people));
        assertThat(node.drift().isNone()).isTrue();
        assertThatThrownBy(() -> node.rule(
                        owner("users"),
                        access(new RouteAccess(null, null, null, List.of("anna"), "0".repeat(64))),
                        List.of()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("the password file of users.example.com is missing on this node");
        assertThat(ask(as("anna:sesame"))).startsWith("HTTP/1.1 200");

        node.rule(owner("users"), RouteRules.NONE, List.of());
        publish("other.example.com");
        assertThat(file).doesNotExist();
    }

    @Test
    void sendsOldPathsAndOtherNamesWhereTheyBelong() throws Exception {
        rule(
                "redirect.example.com",
                new RouteRules(
                        false,
                        null,
                        null,
                        null,
                        null,
                        List.of(
                                new RouteRedirect("/old", "/new?x=1#y", 302),
                                new RouteRedirect("/gone/", "https://archive.example.com/", 308)),
                        List.of("www.redirect.example.com")));

        assertThat(ask("GET /old HTTP/1.1\r\nHost: redirect.example.com\r\n"))
                .startsWith("HTTP/1.1 302")
                .contains("Location: http://redirect.example.com:" + nginx.port() + "/new?x=1#y\r\n");
        assertThat(ask("GET /old/er HTTP/1.1\r\nHost: redirect.example.com\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(ask("GET /gone/for/ever HTTP/1.1\r\nHost: redirect.example.com\r\n"))
                .startsWith("HTTP/1.1 308")
                .contains("Location: https://archive.example.com/\r\n");
        assertThat(ask("GET /a?b=c HTTP/1.1\r\nHost: www.redirect.example.com\r\n"))
                .startsWith("HTTP/1.1 301")
                .contains("Location: http://redirect.example.com:" + nginx.port() + "/a?b=c\r\n");

        assertThatThrownBy(() -> node.publish(of("bank", "trap", "www.redirect.example.com", "/")))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageStartingWith("The host www.redirect.example.com belongs to another tenant");
        assertThatThrownBy(() -> node.publish(of("retail", "trap", "www.redirect.example.com", "/")))
                .hasMessageContaining("is an alias");
        assertThatThrownBy(() -> node.publish(of("retail", "trap", "redirect.example.com", "/gone/")))
                .hasMessageContaining("The path /gone/ of host redirect.example.com already leads to");
    }

    @Test
    void keepsRulesThroughTheNextPublishingAndHoldsThemForAWholeHost() throws Exception {
        rule(
                "whole.example.com",
                new RouteRules(true, List.of(new HeaderRule("X-All", "1")), null, null, null, null, null));
        node.publish(of("retail", "whole-cart", "whole.example.com", "/cart/"));

        assertThat(ask("GET /cart/1 HTTP/1.1\r\nHost: whole.example.com\r\n")).contains("got X-all: 1");
        publish("whole.example.com");
        assertThat(ask("GET / HTTP/1.1\r\nHost: whole.example.com\r\n")).contains("got X-all: 1");
        node.rule(
                owner("whole-cart"),
                new RouteRules(false, List.of(new HeaderRule("X-Cart", "1")), null, null, null, null, null),
                List.of());
        assertThat(ask("GET /cart/1 HTTP/1.1\r\nHost: whole.example.com\r\n"))
                .contains("got X-cart: 1")
                .doesNotContain("X-all");
        assertThatThrownBy(() -> node.rule(
                        owner("whole-cart"),
                        new RouteRules(true, List.of(new HeaderRule("X-Cart", "1")), null, null, null, null, null),
                        List.of()))
                .hasMessageContaining("has the rules for the whole host whole.example.com already");
    }

    @Test
    void refusesWhatWouldMeanSomethingElse() throws Exception {
        refused("Host", header("Host", "evil"), true);
        refused("Transfer-Encoding", header("Transfer-Encoding", "chunked"), true);
        refused("X_Under", header("X_Under", "1"), true);
        refused("$", header("X-A", "$http_cookie"), true);
        refused("$", header("X-A", "a\r\nX-B: c"), true);
        refused("X-Accel-Redirect", header("X-Accel-Redirect", "/"), false);
        refused("bits set beyond its prefix", access(new RouteAccess(List.of("10.0.0.1/8"), null, null, null, null)));
        refused("not an IP address", access(new RouteAccess(List.of("::1::2"), null, null, null, null)));
        refused("not an IP address", access(new RouteAccess(List.of("all"), null, null, null, null)));
        refused("has no rate", limits(new RouteLimits(0, 0, 5, 0, 0, 0, 0, 0)));
        refused("leads back to itself", redirect("/a/", "/a/b"));
        refused("not where a redirect can lead", redirect("/a", "//evil.example.com"));
        refused("not where a redirect can lead", redirect("/a", "javascript:alert(1)"));
        refused("A redirect begins at /x/", redirect("/x/", "/b"));
    }

    private static void refused(String why, List<HeaderRule> headers, boolean request) {
        refused(why, new RouteRules(false, request ? headers : null, request ? null : headers, null, null, null, null));
    }

    private static void refused(String why, RouteRules rules) {
        assertThatThrownBy(() -> RouteSet.of(List.of())
                        .with(of("retail", "strict", "strict.example.com", "/x/")
                                .ruled(rules)))
                .isInstanceOf(InvalidRouteException.class)
                .hasMessageContaining(why);
    }

    private static List<HeaderRule> header(String name, String value) {
        return List.of(new HeaderRule(name, value));
    }

    private static RouteRules limits(RouteLimits limits) {
        return new RouteRules(false, null, null, limits, null, null, null);
    }

    private static RouteRules access(RouteAccess access) {
        return new RouteRules(false, null, null, null, access, null, null);
    }

    private static RouteRules redirect(String from, String to) {
        return new RouteRules(false, null, null, null, null, List.of(new RouteRedirect(from, to, 301)), null);
    }

    /** Made by {@code openssl passwd -6 -salt saltsalt sesame}. */
    private static String hashOfSesame() {
        return "g3uPFdehVnKoLXdidvSAg1zlVgYomPr0X/xgdXSBn2LuxZUOGgYW4IULZkguZ77fzYteIur49AGHmF9iek6Sf1";
    }

    private static String as(String login) {
        return "GET / HTTP/1.1\r\nHost: users.example.com\r\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    private static RouteOwner owner(String application) throws InvalidRouteException {
        return RouteOwner.of("retail", application, "prod");
    }

    private static Route route(String application) throws Exception {
        return node.routes().of(owner(application)).orElseThrow();
    }

    private static void publish(String host) throws Exception {
        node.publish(of("retail", host.substring(0, host.indexOf('.')), host, "/"));
    }

    private static void rule(String host, RouteRules rules) throws Exception {
        node.publish(
                of("retail", host.substring(0, host.indexOf('.')), host, "/").ruled(rules));
    }

    private static Route of(String tenant, String application, String host, String path) throws InvalidRouteException {
        return Route.of(
                RouteOwner.of(tenant, application, "prod"),
                host,
                nginx.port(),
                path,
                List.of(Member.of("127.0.0.1", shop.getAddress().getPort(), 1)));
    }

    private static String ask(String head) throws IOException {
        return ask(head, "");
    }

    private static String ask(String head, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", nginx.port())) {
            socket.getOutputStream()
                    .write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
