package io.jenkins.plugins.shera.kubeng.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.nginx.figures.RequestLine;
import io.jenkins.plugins.shera.nginx.intent.Intent;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Prometheus fetches of a node. */
@Tag("slow")
class DaemonFiguresTest extends DaemonRig {
    @Test
    void prometheusFetchesWhatEachHostOfThisNodeDid() throws Exception {
        int status = nginx.tlsPort();
        int metrics;
        try (ServerSocket free = new ServerSocket(0)) {
            metrics = free.getLocalPort();
        }
        Path main = folder.resolve("nginx.conf");
        Files.writeString(
                main,
                Files.readString(main)
                        .replace(
                                "access_log off;",
                                RequestLine.FORMAT + " access_log " + folder
                                        + "/shera.log shera; server { listen 127.0.0.1:" + status
                                        + "; access_log off; location = /status { stub_status; } }"));
        Files.writeString(
                settings,
                Files.readString(settings) + "metrics.listen=127.0.0.1:" + metrics
                        + "\nmetrics.status=http://127.0.0.1:" + status + "/status\nmetrics.log=" + folder
                        + "/shera.log\n");
        start();
        // The second goes to a port where nobody listens.
        send(Intent.ofRoutes(
                "edge",
                3,
                List.of(route("shop", nginx.port(), at(backend("one"))), route("bad", nginx.port(), at(1)))));
        soon().until(() -> ask("shop.example.com").equals("one"));
        // The log is followed from its end: what came before the first look at it is not counted.
        soon().until(() -> fetch(metrics).contains("kubeng_log_readable 1\n"));
        // Those that come before the daemon has proved what nginx serves are of hosts that it does not know yet.
        soon().untilAsserted(() -> {
            for (String application : List.of("shop", "bad", "invented")) {
                ask(application + ".example.com");
            }
            assertThat(fetch(metrics))
                    .contains("kubeng_generation{kind=\"routes\"} 3\n", "kubeng_failing{kind=\"routes\"} 0\n")
                    .containsPattern("(?s)kubeng_nginx_up 1\n.*kubeng_nginx_requests_total [1-9]")
                    .containsPattern("\\{host=\"shop.example.com\",tenant=\"retail\",class=\"2xx\"} [1-9]")
                    .containsPattern("\\{host=\"bad.example.com\",tenant=\"retail\",class=\"5xx\"} [1-9]")
                    .containsPattern(",upstream=\"shera.retail.bad.dev\",class=\"5xx\"} [1-9]")
                    .doesNotContain("invented");
        });
        Path fetched = Files.writeString(folder.resolve("metrics.txt"), fetch(metrics));
        Path promtool = Path.of("/usr/bin/promtool");
        if (Files.isExecutable(promtool)) {
            Process check = new ProcessBuilder(promtool.toString(), "check", "metrics")
                    .redirectInput(fetched.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(check.waitFor()).isZero();
        }
    }

    private static String fetch(int port) throws IOException {
        try (InputStream body =
                URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
