package io.jenkins.plugins.shera.nginx.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.node.RealNginx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
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
        if (nginx != null) {
            nginx.close();
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
