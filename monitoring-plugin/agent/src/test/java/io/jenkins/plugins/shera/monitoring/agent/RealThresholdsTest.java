package io.jenkins.plugins.shera.monitoring.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.monitoring.agent.http.TestCertificate;
import io.jenkins.plugins.shera.monitoring.agent.http.ThresholdServer;
import io.jenkins.plugins.shera.monitoring.alertmanager.RealAlertmanager;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.rules.AlertRule;
import io.jenkins.plugins.shera.monitoring.rules.PrometheusRules;
import io.jenkins.plugins.shera.monitoring.rules.RuleChange;
import io.jenkins.plugins.shera.monitoring.rules.RuleFile;
import io.jenkins.plugins.shera.monitoring.rules.ServedRules;
import io.jenkins.plugins.shera.monitoring.served.ThresholdDaemon;
import io.jenkins.plugins.shera.monitoring.sources.TrustedPem;
import io.jenkins.plugins.shera.monitoring.thresholds.Effective;
import io.jenkins.plugins.shera.monitoring.thresholds.Level;
import io.jenkins.plugins.shera.monitoring.thresholds.ServedBook;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.nodes.Rollover;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon of thresholds with a real Prometheus, promtool and Alertmanager. */
class RealThresholdsTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String JOB = "shera-thresholds";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AlertRule.Owner OWNER = new AlertRule.Owner("retail", "shop", "dev");
    private static final Pattern BACK =
            Pattern.compile("\"status\":\"resolved\",\"labels\":\\{[^}]*\"metric\":\"threads\"");

    @TempDir
    Path folder;

    private int port;
    private ThresholdServer daemon;
    private RealAlertmanager alertmanager;
    private RealPrometheus prometheus;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("token"), TOKEN);
        port = RealPrometheus.freePort();
        daemon = daemon();
    }

    private ThresholdServer daemon() throws Exception {
        return ThresholdServer.start(new ThresholdSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                null,
                null,
                folder.resolve("thresholds"),
                folder.resolve("token"),
                null));
    }

    private void startAll() throws Exception {
        alertmanager = RealAlertmanager.start(folder.resolve("am"));
        prometheus = RealPrometheus.start(
                Files.createDirectories(folder.resolve("prom")),
                "127.0.0.1:" + alertmanager.url().getPort(),
                "127.0.0.1:" + port);
        prometheus.serve("container_threads{namespace=\"retail-ns\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n"
                + "queue_depth{namespace=\"retail-ns\",pod=\"shop-1a-b2\"} 7\n");
    }

    @AfterEach
    void stop() throws Exception {
        daemon.close();
        if (prometheus != null) {
            prometheus.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
        }
    }

    private ThresholdDaemon client() {
        return new ThresholdDaemon(URI.create("http://127.0.0.1:" + port), null, TOKEN);
    }

    private ServedRules rules() {
        return new ServedRules(
                new PrometheusRules(prometheus.rules(), RealPrometheus.promtool(), prometheus.client()),
                client(),
                prometheus.client(),
                JOB);
    }

    private static RuleFile retail(Threshold... thresholds) {
        List<AlertRule> rules = new ArrayList<>();
        for (Threshold each : thresholds) {
            rules.addAll(RuleFile.rulesOf(
                    OWNER, "retail-ns", List.of(new Effective(each, Level.TENANT, List.of())), threshold -> threshold
                            .measures()
                            .get(0)));
        }
        return new RuleFile("retail", rules);
    }

    private static Threshold above(String metric, double limit) {
        return new Threshold(metric, limit, null, Duration.ZERO, false, false);
    }

    private double reloaded() throws Exception {
        return prometheus.client().now(Expr.series("prometheus_config_last_reload_success_timestamp_seconds")).stream()
                .mapToDouble(each -> each.samples().get(0).value())
                .max()
                .orElse(0);
    }

    private boolean fires(String metric) throws Exception {
        for (JsonNode alert : prometheus.client().alerts()) {
            if (alert.path("labels").path("metric").asText().equals(metric)) {
                return true;
            }
        }
        return false;
    }

    private boolean toldThatThreadsAreBack() {
        return alertmanager.told().stream().anyMatch(BACK.asPredicate());
    }

    @Test
    void alertsFireAndAreDeliveredWithoutJenkinsAndAnEditNeedsNoReload() throws Exception {
        startAll();
        ServedRules rules = rules();
        RuleFile first = retail(above("threads", 300), above("queue_depth", 100));
        rules.apply(List.of(first));
        await().atMost(PATIENCE).until(() -> fires("threads"));
        // One that is over before Alertmanager told of it is never told, and neither is its end.
        await().atMost(PATIENCE).until(() -> alertmanager.told().stream().anyMatch(each -> each.contains("above 300")));

        assertThat(rules.stored("retail")).containsExactlyInAnyOrderElementsOf(first.rules());
        assertThat(rules.isPlaced(first)).isTrue();
        assertThat(rules.tenants()).containsExactly("retail");
        assertThat(ServedRules.isInForce(prometheus.client(), JOB, OWNER, first.rules()))
                .isTrue();
        assertThat(Files.readString(prometheus.rules().resolve("current/retail.yml")))
                .as("only what the ladder lacks")
                .contains("SheraQueueDepth")
                .doesNotContain("SheraThreads");

        Path config = folder.resolve("prom/prometheus.yml");
        Files.writeString(config, Files.readString(config) + "\nbroken, so that no reload could succeed");
        RuleFile moved = retail(above("threads", 400), above("queue_depth", 100));
        assertThat(RuleChange.between(rules.stored("retail"), moved.rules())).hasSize(1);
        rules.apply(List.of(moved));
        await().atMost(PATIENCE).until(() -> !fires("threads"));
        // An alert that is back before Alertmanager told of its end is the same to it, and not told again.
        await().atMost(PATIENCE).until(this::toldThatThreadsAreBack);
        assertThat(ServedRules.isInForce(prometheus.client(), JOB, OWNER, first.rules()))
                .isFalse();
        assertThat(ServedRules.isInForce(prometheus.client(), JOB, OWNER, moved.rules()))
                .isTrue();

        // Nobody speaks to the daemon any more, which begins anew with what lies on its disk.
        daemon.close();
        daemon = daemon();
        prometheus.serve("container_threads{namespace=\"retail-ns\",pod=\"shop-1a-b2\",container=\"shop\"} 401\n");
        await().atMost(PATIENCE).until(() -> fires("threads"));
        await().atMost(PATIENCE).until(() -> alertmanager.told().stream()
                .anyMatch(each -> each.contains("shop (dev): threads is 401, above 400")));

        // Even the daemon may be gone.
        daemon.close();
        await().atMost(PATIENCE).until(() -> prometheus
                .client()
                .now(Expr.series("shera_thresholds_damaged"))
                .isEmpty());
        prometheus.serve("container_threads{namespace=\"retail-ns\",pod=\"shop-1a-b2\",container=\"shop\"} 7\n");
        await().atMost(PATIENCE).until(() -> !fires("threads"));
        prometheus.serve("container_threads{namespace=\"retail-ns\",pod=\"shop-1a-b2\",container=\"shop\"} 500\n");
        await().atMost(PATIENCE).until(() -> fires("threads"));
        await().atMost(PATIENCE).until(() -> prometheus.client().alerts().findValuesAsText("alertname").stream()
                .anyMatch("SheraThresholdsGone"::equals));
        daemon = daemon();
    }

    @Test
    void whatTheDaemonOrPromtoolDoesNotTakeLeavesBothAsTheyWere() throws Exception {
        startAll();
        ServedRules rules = rules();
        RuleFile first = retail(above("threads", 300), above("queue_depth", 100));
        rules.apply(List.of(first));
        double before = reloaded();

        AlertRule broken = new AlertRule("Broken", "up{", Duration.ZERO, java.util.Map.of(), java.util.Map.of());
        List<AlertRule> bad = new ArrayList<>(retail(above("threads", 1)).rules());
        bad.add(broken);
        assertThatThrownBy(() -> rules.apply(List.of(new RuleFile("retail", bad))))
                .isInstanceOf(Rollover.RefusedException.class);
        assertThat(rules.stored("retail")).containsExactlyInAnyOrderElementsOf(first.rules());
        assertThat(reloaded()).isEqualTo(before);

        Files.writeString(folder.resolve("token"), TOKEN.toUpperCase(java.util.Locale.ROOT));
        assertThatThrownBy(() -> rules.apply(List.of(retail(above("threads", 1)))))
                .hasMessageContaining("it is not the secret of this daemon");
        Files.writeString(folder.resolve("token"), TOKEN);
        assertThat(rules.stored("retail")).containsExactlyInAnyOrderElementsOf(first.rules());
        assertThat(client().read("retail").generation()).isEqualTo(1);
        assertThat(ServedRules.isInForce(prometheus.client(), JOB, OWNER, first.rules()))
                .isTrue();
    }

    private int status(String method, String path, String authorization, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void refusesStrangersAndWhatItCannotRead() throws Exception {
        String own = "Bearer " + TOKEN;
        String path = ThresholdDaemon.PATH + "/retail";
        assertThat(status("GET", "/healthz", "", "")).isEqualTo(200);
        for (String stranger : List.of("", "Bearer x", "Basic " + TOKEN)) {
            assertThat(status("PUT", path, stranger, "{\"after\":0,\"thresholds\":[]}"))
                    .isEqualTo(401);
            assertThat(status("GET", path, stranger, "")).isEqualTo(401);
            assertThat(status("GET", ThresholdDaemon.PATH, stranger, "")).isEqualTo(401);
        }
        assertThat(status("PUT", path, own, "no json")).isEqualTo(400);
        for (String bad : List.of(
                "{}",
                "[]",
                "{\"after\":-1,\"thresholds\":[]}",
                "{\"after\":0}",
                "{\"after\":0,\"thresholds\":[{}]}",
                "{\"after\":0,\"thresholds\":[{\"limit\":1,\"tenant\":\"retail\\n\"}]}")) {
            assertThat(status("PUT", path, own, bad)).as(bad).isEqualTo(422);
        }
        assertThat(status("PUT", path, own, "{\"after\":5,\"thresholds\":[]}")).isEqualTo(409);
        assertThat(status("DELETE", path, own, "")).isEqualTo(405);
        assertThat(status("GET", ThresholdDaemon.PATH + "/..%2fetc", own, "")).isEqualTo(404);
        assertThat(client().read("retail").generation()).isZero();
        assertThat(client().replace("retail", new ServedBook(0, List.of()))).isEqualTo(1);
    }

    @Test
    void settingsThatWouldShowSecretsAreRefusedAndTlsIsServed() throws Exception {
        Path file = folder.resolve("agent.properties");
        for (String bad : List.of(
                "thresholds.listen=127.0.0.1:0",
                "thresholds.listen=0.0.0.0:0\nthresholds.pushToken=/token\nthresholds.scrapeToken=/token",
                "certificate=/c\nkey=/k\nthresholds.listen=0.0.0.0:0\nthresholds.pushToken=/token",
                "certificate=/c\nthresholds.listen=127.0.0.1:0\nthresholds.pushToken=/token")) {
            Files.writeString(file, bad);
            assertThatThrownBy(() -> ThresholdSettings.read(file)).as(bad).hasMessageContaining("setting");
        }
        Files.writeString(file, "roles=logs nonsense");
        assertThatThrownBy(() -> Settings.roles(file)).hasMessageContaining("'roles'");
        TestCertificate made = TestCertificate.make(folder.resolve("tls"), "127.0.0.2");
        Files.writeString(folder.resolve("tls.crt"), made.chain());
        Files.writeString(folder.resolve("tls.key"), made.key());
        Files.writeString(
                file,
                "roles=thresholds\nthresholds.listen=127.0.0.1:0\ncertificate=" + folder.resolve("tls.crt") + "\nkey="
                        + folder.resolve("tls.key") + "\nthresholds.folder=" + folder.resolve("other")
                        + "\nthresholds.pushToken=" + folder.resolve("token") + "\nthresholds.scrapeToken="
                        + folder.resolve("token") + "\n");
        assertThat(Settings.roles(file)).containsExactly("thresholds");
        try (ThresholdServer secure = ThresholdServer.start(ThresholdSettings.read(file))) {
            URI at = URI.create("https://127.0.0.1:" + secure.address().getPort());
            assertThat(new ThresholdDaemon(at, TrustedPem.of(made.chain()), TOKEN).tenants())
                    .isEmpty();
            assertThatThrownBy(() -> new ThresholdDaemon(at, null, TOKEN).tenants())
                    .hasMessageContaining("does not answer");
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(TrustedPem.of(made.chain()))
                    .build();
            assertThat(client.send(
                                    HttpRequest.newBuilder(URI.create(at + "/metrics"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
        }
    }
}
