package io.jenkins.plugins.shera.monitoring.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.monitoring.LogDoubles;
import io.jenkins.plugins.shera.monitoring.TwoTenants;
import io.jenkins.plugins.shera.monitoring.config.LogStoreSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.logs.Stamps;
import io.jenkins.plugins.shera.monitoring.neighbours.LogStoreConnections;
import io.jenkins.plugins.shera.monitoring.sources.stores.StoreDouble;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Ranges of logs from a store that keeps lines of two tenants, with an API server that is a double, too. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class LogStoreTabTest {

    private static final String RANGE = "environment=prod&since=2026-01-02T03:04:00Z&until=2026-01-02T03:05:00Z";
    private static final String GONE = "shop-5d4f8c-x2z9k";
    private static final long THEN = Stamps.of(Instant.parse("2026-01-02T03:04:04Z"));

    private final ObjectMapper json = new ObjectMapper();
    private LogDoubles doubles;
    private StoreDouble store;

    @BeforeEach
    void serve() throws IOException {
        doubles = new LogDoubles();
        store = new StoreDouble();
        for (String tenant : List.of("retail", "bank")) {
            store.keep(tenant, "shop-1", "shop", THEN, "kept of " + tenant);
            store.keep(tenant, GONE, "shop", THEN + 1, "gone of " + tenant);
        }
    }

    @AfterEach
    void stop() {
        doubles.close();
        store.close();
    }

    private LogStoreSettings settings(String kind) {
        LogStoreSettings settings =
                new LogStoreSettings("east", kind, store.url().toString());
        settings.setIndex(kind.equals("loki") ? "" : "filebeat-*");
        settings.setLink(
                "https://grafana.example.com/explore?ns={namespace}&app={application}&from={since}&to={until}");
        return settings;
    }

    private static void use(LogStoreSettings... stores) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration.get().setLogStores(List.of(stores));
        }
    }

    private static String logs(String tenant) {
        return "shera/tenant/" + tenant + "/application/shop/logs/";
    }

    private JsonNode lines(JenkinsRule rule, String tenant, String query) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, "admin", logs(tenant) + "lines?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    @Test
    void aRangeHasTheLinesOfPodsThatAreGoneAndNoneOfAnotherTenant(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);
        for (String kind : List.of("loki", "elasticsearch")) {
            use(settings(kind));

            // The bank's own pod has no agent that it could show a token, so the store has both of its lines.
            JsonNode bank = lines(rule, "bank", RANGE);
            assertThat(bank.path("lines").findValuesAsText("text")).containsExactly("kept of bank", "gone of bank");
            assertThat(bank.path("sources").findValuesAsText("source")).containsOnly(kind);
            assertThat(bank.path("sources").findValuesAsText("why")).containsOnly("");
            assertThat(bank.at("/store/link").asText())
                    .contains("ns=bank&app=shop&from=1767323040000&to=1767323100000");
            assertThat(bank.at("/store/why").asText()).isEmpty();
            // Retail's is read from the agent, what is gone from the store.
            JsonNode retail = lines(rule, "retail", RANGE);
            assertThat(retail.path("lines").findValuesAsText("text"))
                    .containsExactly("gone of retail", "from the agent");
            assertThat(retail.path("sources").findValuesAsText("source")).containsExactly("agent", kind);
            // What is live is none of the store.
            assertThat(lines(rule, "bank", "environment=prod&tail=5")
                            .path("lines")
                            .findValuesAsText("text"))
                    .contains("from the api")
                    .doesNotContain("kept of bank");
            assertThat(lines(rule, "bank", RANGE + "&pod=" + GONE + "&grep=gone&regex=true")
                            .path("lines")
                            .findValuesAsText("text"))
                    .containsExactly("gone of bank");
        }
        assertThat(TwoTenants.get(rule, "clerk", logs("bank") + "lines?" + RANGE)
                        .statusCode())
                .isIn(403, 404);
    }

    @Test
    void aStoreThatGivesNothingIsSaidAndTheLinesThatAreThereComeAllTheSame(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);
        use(settings("loki"));
        store.says(401, "who are you");

        JsonNode answer = lines(rule, "bank", RANGE);
        assertThat(answer.path("lines").findValuesAsText("text")).contains("from the api");
        assertThat(answer.at("/store/why").asText()).isEqualTo("STORE_LOGIN");
        assertThat(answer.toString()).doesNotContain("who are you");
        assertThat(TwoTenants.get(rule, "admin", logs("bank") + "download?" + RANGE)
                        .body())
                .contains("--- the store of logs gave nothing, or not all: STORE_LOGIN ---");
        assertThatThrownBy(() -> new LogStoreConnections().connections().get(0).test())
                .hasMessageContaining("401");
        LogStoreSettings unknown = settings("loki");
        unknown.setCredentialsId("nobody-knows");
        use(unknown);
        assertThat(lines(rule, "bank", RANGE).at("/store/why").asText()).isEqualTo("STORE_LOGIN");
    }

    @Test
    void thePageSaysWhereLinesWereFoundAndLeadsThere(JenkinsRule rule, Page page) throws Exception {
        doubles.tenants(rule);
        use(settings("loki"));
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + logs("bank") + "?" + RANGE).see(".shera-logs__line", "gone of bank");
        page.see(".shera-logs__bar", "Found in Loki.");
        page.see(
                ".shera-logs__bar a[href^='https://grafana.example.com/explore?ns=bank']", "Open in the store of logs");
        page.photograph("logs-store-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "zh-CN").open(rule.getURL() + logs("retail") + "?" + RANGE);
        page.see(".shera-logs__line", "gone of retail").photograph("logs-store-dark-zh");
        store.says(503, "{}");
        page.look(Theme.LIGHT, "en").open(rule.getURL() + logs("bank") + "?" + RANGE);
        page.see(".jenkins-alert-warning", "The store of logs was not read: it does not answer in time.");
        page.width(420).until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.assertClean();
    }

    @Test
    void settingsThatDoNotFitTogetherAreRefused(JenkinsRule rule) {
        List<Consumer<LogStoreSettings>> wrong = List.of(
                each -> each.setIndex("filebeat-*"),
                each -> each.setOrgId("a\nb"),
                each -> each.setLink("javascript:alert(1)"),
                each -> each.setLink("https://x/\"onclick"),
                each -> each.setFields("pod=a\"b"),
                each -> each.setCaCertificate("no pem"));
        for (Consumer<LogStoreSettings> each : wrong) {
            LogStoreSettings bad = settings("loki");
            each.accept(bad);
            assertThatThrownBy(() -> use(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        for (LogStoreSettings bad : List.of(
                new LogStoreSettings("east", "splunk", "http://x"),
                new LogStoreSettings("east", "elasticsearch", "http://x"),
                new LogStoreSettings("east", "loki", "file:///x"),
                new LogStoreSettings("E", "loki", "http://x"))) {
            assertThatThrownBy(() -> use(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        use(settings("elasticsearch"));
        assertThat(new MonitoringConfiguration().getLogStores())
                .singleElement()
                .satisfies(each -> assertThat(each.getIndex()).isEqualTo("filebeat-*"));
    }
}
