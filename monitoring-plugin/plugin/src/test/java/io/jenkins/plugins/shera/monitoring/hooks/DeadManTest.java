package io.jenkins.plugins.shera.monitoring.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.sun.net.httpserver.HttpServer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.alertmanager.Notice;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.desk.HookTokens;
import io.jenkins.plugins.shera.monitoring.neighbours.AlertmanagerConnections;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real Prometheus shows through a real Alertmanager that both are there; then one of them is not. */
@Tag("slow")
@WithJenkins
class DeadManTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final List<String> robot = new CopyOnWriteArrayList<>();
    private HttpServer chat;
    private RealPrometheus prometheus;
    private RealAlertmanager alertmanager;

    @BeforeEach
    void start() throws Exception {
        alertmanager = RealAlertmanager.start(folder.resolve("am"));
        Files.createDirectories(folder.resolve("prom"));
        prometheus = RealPrometheus.start(
                folder.resolve("prom"), "127.0.0.1:" + alertmanager.url().getPort());
        chat = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        chat.createContext("/", exchange -> {
            robot.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        chat.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (chat != null) {
            chat.stop(0);
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
    }

    private void setUp(JenkinsRule rule) throws Exception {
        TwoTenants.of(rule, prometheus);
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new StringCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "alarm",
                                    "",
                                    Secret.fromString("http://127.0.0.1:"
                                            + chat.getAddress().getPort() + "/s3cret")));
            MonitoringConfiguration.get().setHeartbeatSeconds(2);
            MonitoringConfiguration.get().setAlarmCredentialsId("alarm");
        }
        TwoTenants.alertmanager(alertmanager);
        await().atMost(PATIENCE).until(() -> DeadMan.get().last("main").isPresent());
        await().atMost(PATIENCE).until(() -> {
            DeadMan.get().check();
            return DeadMan.get().silent().isEmpty();
        });
        robot.clear();
        assertThat(alertmanager.told()).as("the operator hears nothing of it").isEmpty();
        assertThat(connection().test().toString()).contains("answers");
    }

    private static io.jenkins.plugins.shera.platform.extension.ConnectionKind.Connection connection() {
        return new AlertmanagerConnections().connections().get(0);
    }

    @Test
    void whicheverIsGoneIsToldOfOnceAndThatItIsBack(JenkinsRule rule) throws Exception {
        setUp(rule);
        assertThat(Files.readString(alertmanager.config()))
                .contains("SheraWatchdog")
                .doesNotContain(HookTokens.get().of("shera_self.heartbeat"));
        alertmanager.close();

        DeadMan.get().check();
        assertThat(DeadMan.get().silent()).as("it is given time").isEmpty();
        DeadMan.get().check(Instant.now().plus(Duration.ofMinutes(2)));
        assertThat(DeadMan.get().silent()).containsExactly("main");
        assertThat(robot).singleElement().satisfies(text -> assertThat(text)
                .contains("Alertmanager am does not answer"));

        DeadMan.get().heard(List.of(new Notice("ab", "firing", Map.of("watchdog", "main"), "", Instant.now())));
        DeadMan.get().check();
        assertThat(DeadMan.get().silent()).isEmpty();
        assertThat(robot).hasSize(2).last().satisfies(text -> assertThat(text).contains("come in again"));

        prometheus.close();
        robot.clear();
        for (int i = 0; i < 5; i++) {
            DeadMan.get().check();
        }
        assertThat(DeadMan.get().silent()).containsExactly("main");
        assertThat(robot).singleElement().satisfies(text -> assertThat(text)
                .contains("Heartbeats of Prometheus main stay out")
                .contains("Prometheus main does not answer"));
    }
}
