package io.jenkins.plugins.shera.monitoring.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.nodes.Command;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which alerts a real Alertmanager keeps quiet while others fire, and when it tells of the rest. */
class InhibitionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Timing SOON = new Timing(List.of("metric", "severity"), "0s", "1s", "", false);

    @TempDir
    Path folder;

    private RealAlertmanager real;

    @BeforeEach
    void start() throws Exception {
        real = RealAlertmanager.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        if (real != null) {
            real.close();
        }
    }

    private AlertmanagerConfig config() {
        return new AlertmanagerConfig(real.config(), RealAlertmanager.amtool(), real.client());
    }

    private void push(String tenant, Timing timing, NoticePolicy policy) throws Exception {
        NoticeBook book = new NoticeBook(
                0,
                List.of(new Receiver("ops", "webhook", "", real.hook() + "/" + tenant, "")),
                List.of(new NoticeRoute("ops", "", "", "", "")),
                timing);
        config().push(new AlertmanagerConfig.Wanted(tenant, book, policy, Map.of()));
    }

    private static NoticePolicy outages(String alert, List<String> labels) {
        NoticePolicy open = NoticePolicy.open();
        return new NoticePolicy(open.groupWait(), open.groupInterval(), open.repeatInterval(), List.of(alert), labels);
    }

    private static String labels(String tenant, String application, String severity) {
        return "{\"alertname\":\"SheraThreads\",\"managed_by\":\"shera\",\"tenant\":\"" + tenant
                + "\",\"application\":\"" + application
                + "\",\"environment\":\"dev\",\"metric\":\"threads\",\"severity\":\""
                + severity + "\"}";
    }

    /** Whether an alert is kept quiet by another one, as Alertmanager says itself. */
    private boolean isQuiet(String labels) throws Exception {
        String all = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(real.url() + "/api/v2/alerts"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        JsonNode wanted = JSON.readTree(labels);
        return StreamSupport.stream(JSON.readTree(all).spliterator(), false)
                .filter(each -> each.path("labels").equals(wanted))
                .anyMatch(each -> !each.at("/status/inhibitedBy").isEmpty());
    }

    private boolean isTold(String path, String application, String severity) {
        return real.told().stream()
                .anyMatch(each -> each.startsWith(path)
                        && each.contains("\"application\":\"" + application + "\"")
                        && each.contains("\"severity\":\"" + severity + "\""));
    }

    private void awaitTold(String path, String application, String severity) {
        await().atMost(PATIENCE).until(() -> isTold(path, application, severity));
    }

    @Test
    void aCriticalAlertKeepsItsOwnWarningQuietAndNobodyElses() throws Exception {
        push("retail", SOON, NoticePolicy.open());
        push("bank", SOON, NoticePolicy.open());

        real.alert(labels("retail", "shop", "critical"));
        awaitTold("/retail", "shop", "critical");
        real.alert(labels("retail", "shop", "warning"));
        real.alert(labels("retail", "till", "warning"));
        real.alert(labels("bank", "shop", "warning"));
        awaitTold("/retail", "till", "warning");
        awaitTold("/bank", "shop", "warning");
        await().atMost(PATIENCE).until(() -> isQuiet(labels("retail", "shop", "warning")));
        assertThat(isQuiet(labels("bank", "shop", "warning"))).isFalse();
        assertThat(isTold("/retail", "shop", "warning")).isFalse();

        real.resolve(labels("retail", "shop", "critical"));
        awaitTold("/retail", "shop", "warning");
    }

    @Test
    void whoWantsBothIsToldOfBoth() throws Exception {
        push("retail", new Timing(List.of("severity"), "0s", "1s", "", true), NoticePolicy.open());

        real.alert(labels("retail", "shop", "critical"));
        real.alert(labels("retail", "shop", "warning"));

        awaitTold("/retail", "shop", "critical");
        awaitTold("/retail", "shop", "warning");
    }

    @Test
    void anOutageOfThePlatformKeepsTenantsQuietUnlessATenantMakesItUp() throws Exception {
        NoticePolicy policy = outages("ClusterDown", List.of("cluster"));
        push("retail", SOON, policy);
        push("bank", SOON, NoticePolicy.open());

        real.alert("{\"alertname\":\"ClusterDown\",\"tenant\":\"bank\"}");
        real.alert("{\"alertname\":\"ClusterDown\",\"managed_by\":\"shera\"}");
        real.alert("{\"alertname\":\"ClusterDown\",\"cluster\":\"west\"}");
        real.alert(labels("retail", "shop", "warning"));
        awaitTold("/retail", "shop", "warning");

        real.alert("{\"alertname\":\"ClusterDown\"}");
        real.alert(labels("retail", "till", "critical"));
        real.alert(labels("bank", "till", "critical"));
        awaitTold("/bank", "till", "critical");
        await().atMost(PATIENCE).until(() -> isQuiet(labels("retail", "till", "critical")));
        assertThat(isTold("/retail", "till", "critical")).isFalse();
        assertThat(isQuiet(labels("bank", "till", "critical")))
                .as("a tenant of whom the platform says nothing")
                .isFalse();
    }

    private String receivers(String... labels) throws Exception {
        List<String> argv = new ArrayList<>(List.of(
                RealAlertmanager.amtool().toString(), "config", "routes", "test", "--config.file=" + real.config()));
        argv.addAll(List.of(labels));
        Command.Result result = Command.run(argv, folder, Duration.ofSeconds(30));
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output().strip().lines().reduce("", (before, line) -> line);
    }

    @Test
    void amtoolSeesEachTenantsRoutesAndTheOperatorsAlone() throws Exception {
        push("retail", SOON, NoticePolicy.open());
        push("bank", SOON, NoticePolicy.open());

        assertThat(receivers("managed_by=shera", "tenant=retail", "severity=warning"))
                .isEqualTo("shera/retail/ops");
        assertThat(receivers("managed_by=shera", "tenant=bank")).isEqualTo("shera/bank/ops");
        assertThat(receivers("tenant=retail")).isEqualTo("operator");
        assertThat(receivers("team=dba")).isEqualTo("operator");
    }

    @Test
    void timesAreWhatTheTenantSaidWithinWhatThePlatformAllows() throws Exception {
        NoticePolicy policy = new NoticePolicy(
                NoticePolicy.Span.read("w", "10s 1m"),
                NoticePolicy.Span.read("i", "1m 1h"),
                NoticePolicy.Span.read("r", "1h 2d"),
                List.of(),
                List.of());
        push("retail", new Timing(List.of(), "1m30s", "1m", "14d", false), policy);

        assertThat(config().isInForce("retail")).isTrue();
        assertThat(Files.readString(real.config()))
                .contains("group_wait: \"" + Expr.duration(Duration.ofMinutes(1)) + "\"")
                .contains("repeat_interval: \"48h\"");
        assertThat(ConfigShape.of(real.client().configuration(), "retail")).anySatisfy(line -> assertThat(line)
                .endsWith(" by [alertname, application, environment, tenant] group_wait 60000"
                        + " group_interval 60000 repeat_interval 172800000"));
        assertThat(real.client().groupWait()).as("the operator's own").hasSeconds(1);
    }
}
