package io.jenkins.plugins.shera.nginx.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.nginx.config.KubengDesks;
import io.jenkins.plugins.shera.nginx.intent.Intent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** TCP ports of KubeNg nodes from a build, a program and a person. */
@ExtendWith(BrowserExtension.class)
class KubengStreamsTest extends KubengRig {
    @Override
    RealNginx nginxIn(Path home) throws Exception {
        return RealNginx.startStreaming(home);
    }

    @Test
    void portsComeFromBuildsProgramsAndPeople(Page page) throws Exception {
        oneNode();
        daemon(one, "one");
        int port = one.tlsPort();
        int greeter = greeter();
        String publish = "publishStream(application: 'shop', environment: 'dev', port: " + port
                + ", members: ['127.0.0.1:" + greeter + "'])";

        WorkflowRun run = run("publish", "retail", publish);
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        jenkins.assertLogContains("Stream tcp:" + port + " published on nginx cluster edge", run);
        assertThat(greeting(port)).isEqualTo("hello");

        WorkflowRun bank = run("taken", "bank", publish);
        jenkins.assertBuildStatus(Result.FAILURE, bank);
        jenkins.assertLogContains("The port tcp:" + port + " belongs to another tenant", bank);
        WorkflowRun route = run(
                "route",
                "retail",
                "publishRoute(application: 'shop', environment: 'dev', host: 'shop.example.com', port: " + port
                        + ", members: ['127.0.0.1:1'])");
        jenkins.assertBuildStatus(Result.FAILURE, route);
        jenkins.assertLogContains("is wanted for a route and for a stream", route);

        Map<String, Object> wish = new HashMap<>(
                Map.of("nginx", "edge", "application", "shop", "environment", "dev", "port", port, "protocol", "tcp"));
        wish.put("members", "127.0.0.1:" + greeter);
        wish.put("deny", "127.0.0.1");
        assertThat(post("stream", wish).statusCode()).isEqualTo(200);
        assertThat(greeting(port)).isEmpty();
        wish.put("members", "127.0.0.1:1");
        assertThat(post("stream", wish).body())
                .contains("no node of edge gets a TCP connection to 127.0.0.1:1", "\"ok\":true");
        wish.put("members", "127.0.0.1:" + greeter);
        assertThat(post("stream", wish).body()).contains("\"warnings\":[]");
        // A name, for which the node asks itself.
        wish.put("members", "localhost:" + greeter);
        wish.remove("deny");
        assertThat(post("stream", wish).statusCode()).isEqualTo(200);
        assertThat(greeting(port)).isEqualTo("hello");
        wish.put("deny", "127.0.0.1");
        assertThat(post("stream", wish).statusCode()).isEqualTo(200);
        // A node that refuses: the earlier one stays wanted, and is served.
        wish.put("port", one.installation().streamPort());
        assertThat(post("stream", wish).body()).contains("is where nginx tells what it serves");
        assertThat(KubengDesks.get().desk(edge()).intent(Intent.Kind.STREAMS).streams())
                .singleElement()
                .satisfies(stream -> assertThat(stream.port()).isEqualTo(port));
        String seen = as("dev", "nodes?cluster=edge", null).body();
        assertThat(new ObjectMapper().readTree(seen).at("/streams/0/deny").asText())
                .isEqualTo("127.0.0.1");

        String front = jenkins.getURL() + "shera/tenant/retail/nginx/";
        page.look(Theme.LIGHT, "en").signIn(jenkins.getURL().toString(), "dev", "dev");
        page.open(front + "#edge").see("td", "tcp:" + port);
        page.click("#stream-put").see("form", "Address of the service");
        page.assertAccessible("#shera-page").photograph("kubeng-streams-light");
        page.look(Theme.DARK, "en").open(front + "?d#edge").see("td", "tcp:" + port);
        page.photograph("kubeng-streams-dark");
        page.look(Theme.LIGHT, "zh-CN").open(front + "?z#edge").see("td", "tcp:" + port);
        page.photograph("kubeng-streams-zh");
        page.look(Theme.LIGHT, "en").open(front + "?r#edge").see("td", "tcp:" + port);
        page.click("button[aria-label='Remove: tcp:" + port + "']").see("dialog[open]");
        page.click("dialog .jenkins-button--primary, dialog button[type=submit]");
        page.see("section", "No TCP or UDP port yet");
        page.assertClean();
    }

    private HttpResponse<String> post(String what, Map<String, Object> body) throws Exception {
        return as("dev", what, new ObjectMapper().writeValueAsString(body));
    }

    private int greeter() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        toClose.add(server);
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The test is over, or the client has gone.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    /** Nothing where the connection was refused or closed. */
    private static String greeting(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
