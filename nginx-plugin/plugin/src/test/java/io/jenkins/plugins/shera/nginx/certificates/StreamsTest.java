package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommand;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.cli.DriftCommand;
import io.jenkins.plugins.shera.nginx.cli.PublishRouteCommand;
import io.jenkins.plugins.shera.nginx.cli.RouteWeightCommand;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.NginxStreams;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A TCP port of a real nginx from a build, a program and a person; the server behind it, which greets, is the test's. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class StreamsTest {
    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RealNginx nginx;
    private RealNginx second;
    private TwoTenants tenants;
    private ServerSocket server;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        nginx = RealNginx.startStreaming(folder);
        tenants = new TwoTenants(rule, nginx.tlsPort());
        tenants.nodes(nginx);
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::greet);
        thread.setDaemon(true);
        thread.start();
    }

    private void greet() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The test is over, or the client has gone.
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        for (RealNginx one : new RealNginx[] {nginx, second}) {
            if (one != null) {
                one.close();
            }
        }
    }

    @Test
    void portsComeFromBuildsProgramsAndPeople(Page page) throws Exception {
        int port = nginx.port();
        String publish = "publishStream(application: 'shop', environment: 'dev', port: " + port
                + ", members: ['127.0.0.1:" + server.getLocalPort() + "'])";
        WorkflowRun run = tenants.run("publish", "retail", publish);

        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("Stream tcp:" + port + " published on nginx cluster edge", run);
        assertThat(greeting()).isEqualTo("hello");

        WorkflowRun bank = tenants.run("publish", "bank", publish);
        jenkins.assertBuildStatus(Result.FAILURE, bank);
        jenkins.assertLogContains("The port tcp:" + port + " belongs to another tenant", bank);
        jenkins.assertBuildStatus(
                Result.FAILURE, tenants.run("sctp", "retail", publish.replace(")", ", protocol: 'sctp')")));

        Map<String, Object> wish = new HashMap<>(
                Map.of("nginx", "edge", "application", "shop", "environment", "dev", "port", port, "protocol", "tcp"));
        wish.put("members", "127.0.0.1:" + server.getLocalPort());
        wish.put("deny", "127.0.0.1");
        assertThat(post("reader", "retail", "stream", wish).statusCode()).isEqualTo(403);
        assertThat(post("dev", "retail", "stream", wish).statusCode()).isEqualTo(200);
        assertThat(greeting()).isEmpty();
        assertThat(tenants.get("dev", "shera/tenant/bank/nginx/nodes?cluster=edge")
                        .body())
                .doesNotContain("tcp:" + port);
        wish.put("members", "everywhere:1");
        assertThat(post("dev", "retail", "stream", wish).body()).contains("is not an IP address with a port");
        wish.put("application", "nosuch");
        assertThat(post("dev", "retail", "stream", wish).statusCode()).isEqualTo(422);

        aPersonGivesThePortUpAndTakesItAgain(page, port);
        whatTheSecondNodeCannotServeIsOnNone();
    }

    /** The second nginx has not loaded the module: what is valid on the first is not on it. */
    private void whatTheSecondNodeCannotServeIsOnNone() throws Exception {
        second = RealNginx.startStreaming(Files.createDirectory(folder.resolve("second")));
        Path main = second.installation().mainConfig();
        Files.writeString(main, Files.readString(main).replaceAll("(?m)^(load_module|stream) .*$", ""));
        tenants.nodes(nginx, second);
        Map<String, Object> wish = Map.of(
                "nginx",
                "edge",
                "application",
                "shop",
                "environment",
                "dev",
                "port",
                nginx.tlsPort(),
                "members",
                "127.0.0.1:9");

        HttpResponse<String> refused = post("dev", "retail", "stream", wish);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("built-in", "Add 'stream { include");
        assertThat(new NginxStreams(nginx.installation()).now().streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.port()).isEqualTo(nginx.port()));
        assertThat(greeting()).isEqualTo("hello");
    }

    @Test
    void routesAndSharesComeFromProgramsAndTheCommandLine() throws Exception {
        Map<String, Object> wish = new HashMap<>(
                Map.of("nginx", "edge", "application", "shop", "environment", "dev", "host", "shop.example.com"));
        wish.put("members", List.of("127.0.0.1:" + server.getLocalPort()));
        wish.put("rules", Map.of("responseHeaders", "X-Team: shop"));
        assertThat(post("reader", "retail", "publish", wish).statusCode()).isEqualTo(403);
        HttpResponse<String> published = post("dev", "retail", "publish", wish);
        assertThat(published.body()).contains("\"url\":\"http://shop.example.com:" + nginx.port() + "/\"");
        assertThat(new NginxNode(nginx.installation()).routes().routes()).hasSize(1);
        assertThat(post("dev", "bank", "publish", wish).statusCode()).isEqualTo(409);
        wish.put("application", "nosuch");
        assertThat(post("dev", "retail", "publish", wish).body()).contains("no such application");

        Map<String, Object> share =
                new HashMap<>(Map.of("nginx", "edge", "application", "shop", "environment", "dev", "weight", 20));
        share.put("members", List.of("127.0.0.1:9"));
        assertThat(post("reader", "retail", "weight", share).statusCode()).isEqualTo(403);
        assertThat(post("dev", "retail", "weight", share).body()).contains("20 % of the requests go to");
        assertThat(weight()).isEqualTo(20);
        share.put("weight", 101);
        assertThat(post("dev", "retail", "weight", share).statusCode()).isEqualTo(422);
        assertThat(command(new RouteWeightCommand(), "dev", "retail", "shop", "dev", "30", "-member", "127.0.0.1:9"))
                .startsWith("0 30 % of the requests");
        assertThat(weight()).isEqualTo(30);
        assertThat(command(new RouteWeightCommand(), "reader", "retail", "shop", "dev", "0"))
                .startsWith("1 ");
        assertThat(command(
                        new PublishRouteCommand(),
                        "dev",
                        "retail",
                        "shop",
                        "dev",
                        "www.example.com",
                        "-path",
                        "/a",
                        "-member",
                        "127.0.0.1:9"))
                .startsWith("0 http://www.example.com:" + nginx.port() + "/a");

        assertThat(command(new DriftCommand(), "reader", "retail", "edge")).isEqualTo("0 ");
        Path routes = nginx.installation().folder().resolve("current/routes.conf");
        Files.writeString(routes, Files.readString(routes).replace("127.0.0.1:9 weight=1", "127.0.0.1:9 weight=7"));
        assertThat(command(new DriftCommand(), "reader", "retail", "edge"))
                .startsWith("10 ")
                .contains("weight=7");
        String drift = tenants.get("reader", "shera/tenant/retail/nginx/drift?cluster=edge")
                .body();
        assertThat(drift).contains("weight=7", "\"drifted\":true");
        assertThat(command(new DriftCommand(), "reader", "retail", "edge", "-overwrite"))
                .startsWith("1 ");
        assertThat(command(new DriftCommand(), "dev", "retail", "edge", "-overwrite"))
                .startsWith("1 ")
                .contains("Other tenants");
        assertThat(command(new DriftCommand(), "admin", "retail", "edge", "-overwrite"))
                .startsWith("0 ");
    }

    private int weight() throws Exception {
        return new NginxNode(nginx.installation())
                .weights()
                .of(RouteOwner.of("retail", "shop", "dev"))
                .orElseThrow()
                .percent();
    }

    private static String command(CLICommand command, String user, String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2());
                PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            command.setTransportAuth2(User.getById(user, true).impersonate2());
            int code = command.main(
                    List.of(arguments), Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), print, print);
            return code + " " + out.toString(StandardCharsets.UTF_8);
        }
    }

    private void aPersonGivesThePortUpAndTakesItAgain(Page page, int port) throws Exception {
        String address = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(address + "#edge").see("td", "tcp:" + port);
        page.click("button[aria-label='Remove: tcp:" + port + "']").see("dialog[open]");
        page.click("dialog .jenkins-button--primary, dialog button[type=submit]");
        page.see("section", "No TCP or UDP port yet");
        page.click("#stream-put").see("form", "Port of the service");
        page.type("form input[name=application]", "shop").type("form input[name=environment]", "dev");
        page.type("form input[name=port]", String.valueOf(port));
        page.type("form input[name=members]", "127.0.0.1:" + server.getLocalPort());
        page.see(".shera-byhand", "members: ['127.0.0.1:" + server.getLocalPort() + "']");
        page.assertAccessible("#shera-page");
        page.photograph("streams-form-light");
        page.click("form button[type=submit]").see("td", "tcp:" + port);
        assertThat(greeting()).isEqualTo("hello");
        page.look(Theme.DARK, "en").open(address + "?d#edge").see("td", "tcp:" + port);
        page.photograph("streams-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN")
                .open(address + "?z#edge")
                .see("td", "任何人")
                .photograph("streams-zh");
    }

    private HttpResponse<String> post(String user, String tenant, String what, Map<String, Object> body)
            throws Exception {
        return tenants.post(user, "shera/tenant/" + tenant + "/nginx/" + what, body);
    }

    /** Nothing where the connection was refused or closed. */
    private String greeting() {
        try (Socket socket = new Socket("127.0.0.1", nginx.port())) {
            socket.setSoTimeout(5000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
