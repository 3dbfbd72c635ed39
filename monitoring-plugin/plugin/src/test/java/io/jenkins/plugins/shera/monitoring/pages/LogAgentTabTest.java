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
import io.jenkins.plugins.shera.monitoring.config.LogAgentSettings;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Which source answers, and what each of them is shown. API server and agent are doubles that write down every request: retail has a
 * token of its own, bank acts by impersonation through the platform's.
 */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class LogAgentTabTest {

    private static final String RANGE = "lines?environment=prod&since=2026-01-02T03:04:00Z&until=2026-01-02T03:05:00Z";

    private final ObjectMapper json = new ObjectMapper();
    private LogDoubles doubles;

    @BeforeEach
    void serve() throws IOException {
        doubles = new LogDoubles();
    }

    @AfterEach
    void stop() {
        doubles.close();
    }

    private static String logs(String tenant) {
        return "shera/tenant/" + tenant + "/application/shop/logs/";
    }

    private JsonNode lines(JenkinsRule rule, String tenant, String query) throws Exception {
        HttpResponse<String> answer = TwoTenants.get(rule, "admin", logs(tenant) + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    @Test
    void aRangeComesFromTheAgentWithTheTenantsOwnToken(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);

        JsonNode answer = lines(rule, "retail", RANGE + "&grep=from&regex=true");

        assertThat(answer.at("/lines/0/text").asText()).isEqualTo("from the agent");
        assertThat(answer.at("/sources/0/source").asText()).isEqualTo("agent");
        assertThat(answer.at("/sources/0/why").asText()).isEmpty();
        assertThat(answer.path("ordered").asBoolean()).isTrue();
        assertThat(doubles.seenByAgent())
                .singleElement()
                .asString()
                .contains(
                        "namespace=retail&pod=shop-1&container=shop", "grep=from&regex=true", "Bearer token-of-retail");
    }

    @Test
    void aTenantThatImpersonatesShowsTheAgentNothing(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);

        JsonNode answer = lines(rule, "bank", RANGE);
        JsonNode around = lines(rule, "bank", "lines?environment=prod&around=2026-01-02T03:04:05Z");
        String file = TwoTenants.get(rule, "admin", logs("bank") + RANGE.replace("lines", "download"))
                .body();

        assertThat(doubles.seenByAgent()).as("not a byte reached the agent").isEmpty();
        for (JsonNode each : List.of(answer, around)) {
            assertThat(each.at("/lines/0/text").asText()).isEqualTo("from the api");
            assertThat(each.at("/sources/0/source").asText()).isEqualTo("kubernetes");
            assertThat(each.at("/sources/0/why").asText()).isEqualTo("NO_TOKEN");
            assertThat(each.path("ordered").asBoolean()).isFalse();
        }
        assertThat(file)
                .contains("--- shop-1/shop was read from the Kubernetes API and not by the log agent: NO_TOKEN ---");
    }

    @Test
    void whatIsLiveOrHasNoRangeIsNoneOfTheAgent(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);

        assertThat(lines(rule, "retail", "lines?environment=prod")
                        .at("/lines/0/text")
                        .asText())
                .isEqualTo("from the api");
        lines(rule, "retail", "lines?environment=prod&after=1767323045000000000");

        assertThat(doubles.seenByAgent()).isEmpty();
    }

    @Test
    void anAgentThatFailsIsNamedWithItsReasonAndTheLinesComeAllTheSame(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);
        for (Object[] each : List.of(
                new Object[] {401, "2", "REFUSED"},
                new Object[] {503, "2", "BUSY"},
                new Object[] {404, "2", "NO_LOG"},
                new Object[] {200, "", "TOO_OLD"},
                new Object[] {500, "2", "FAILED"})) {
            doubles.agentAnswers((int) each[0], (String) each[1]);
            JsonNode answer = lines(rule, "retail", RANGE);
            assertThat(answer.at("/sources/0/why").asText()).isEqualTo(each[2]);
            assertThat(answer.at("/lines/0/text").asText()).isEqualTo("from the api");
        }
        doubles.stopAgent();
        assertThat(lines(rule, "retail", RANGE).at("/sources/0/why").asText()).isEqualTo("DOWN");
    }

    @Test
    void theServerFiltersRangesAndRefusesWhatIsNoExpressionOrTime(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);

        JsonNode found = lines(rule, "bank", RANGE + "&grep=ERROR");
        assertThat(found.path("lines")).hasSize(1);
        assertThat(found.at("/lines/0/text").asText()).isEqualTo("error 7 from the api");
        assertThat(lines(rule, "bank", "lines?environment=prod&regex=true&grep=error%20[0-9]$")
                        .path("lines"))
                .isEmpty();
        String limited = TwoTenants.get(rule, "admin", logs("bank") + RANGE.replace("lines", "download") + "&limit=60")
                .body();
        assertThat(limited).contains("from the api").doesNotContain("error 7").contains("it is large enough");
        for (String bad : List.of(
                "&regex=true&grep=(",
                "&regex=true&grep=(?=x)",
                "&grep=" + "x".repeat(201),
                "&around=noon",
                "&around=10m&before=1w",
                "&alert=threads",
                "&alert=%7B%7D")) {
            HttpResponse<String> answer =
                    TwoTenants.get(rule, "admin", logs("bank") + "lines?environment=prod" + bad.replace("(", "%28"));
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(answer.body()).as(bad).contains("\"next\"");
        }
        assertThat(TwoTenants.get(rule, "admin", logs("bank") + "download?environment=prod&limit=0")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void theTestButtonAsksEachNodesAgentAndShowsItNoToken(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);
        String test = "descriptorByName/" + LogAgentSettings.class.getName() + "/test?cluster=east&address="
                + doubles.agentAddress();

        HttpResponse<String> answer = TwoTenants.post(rule, "admin", test, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("node-1: answers");
        assertThat(doubles.seenByAgent())
                .singleElement()
                .asString()
                .startsWith("/v1/time")
                .doesNotContain("token-of");
        doubles.agentAnswers(200, "");
        assertThat(TwoTenants.post(rule, "admin", test, "").body()).contains("TOO_OLD");
        assertThat(TwoTenants.post(rule, "admin", test.replace("http://127.0.0.1", "http://192.0.2.1"), "")
                        .body())
                .contains("must look like https://");
        assertThat(TwoTenants.post(rule, "clerk", test, "").statusCode()).isIn(403, 404);
        assertThat(TwoTenants.get(rule, "admin", test).statusCode()).isEqualTo(405);
    }

    @Test
    void theSettingsKeepAndRefuse(JenkinsRule rule) throws Exception {
        doubles.tenants(rule);
        assertThat(new MonitoringConfiguration().getLogAgents())
                .singleElement()
                .satisfies(each -> assertThat(each.getAddress()).isEqualTo(doubles.agentAddress()));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            MonitoringConfiguration settings = MonitoringConfiguration.get();
            assertThatThrownBy(
                            () -> settings.setLogAgents(List.of(new LogAgentSettings("east", "https://{node}:8441"))))
                    .hasMessageContaining("PEM");
            assertThatThrownBy(() -> settings.setLogAgents(List.of(new LogAgentSettings("", doubles.agentAddress()))))
                    .hasMessageContaining("id of a cluster");
            assertThat(settings.getLogAgents()).hasSize(1);
        }
    }

    @Test
    void thePageSaysWhichSourceAnsweredAndWhyAnotherDidNot(JenkinsRule rule, Page page) throws Exception {
        doubles.tenants(rule);
        String range = "?environment=prod&since=2026-01-02T03:04:00Z&until=2026-01-02T03:05:00Z";
        page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
        page.open(rule.getURL() + logs("retail") + range).see(".shera-logs__line", "from the agent");
        page.see(".shera-logs__bar", "Found by the log agents of the nodes.");
        page.photograph("logs-agent-light");
        page.assertAccessible("#shera-page");
        page.open(rule.getURL() + logs("bank") + range).see(".shera-logs__line", "from the api");
        page.see(".jenkins-alert-info", "the tenant logs in without a token of its own");
        page.see(".shera-logs__bar", "Read from the Kubernetes API");
        page.type("input[type=search]", "error").click(".shera-logs__bar > .jenkins-button");
        page.see(".jenkins-alert-info", "Only lines with");
        page.until(
                "the server found one line",
                "document.querySelectorAll('.shera-logs__line').length === 1"
                        + " && document.querySelector('.shera-logs__line').textContent.includes('error 7')");
        page.look(Theme.DARK, "zh-CN").open(rule.getURL() + logs("bank") + range);
        page.see(".shera-logs__line", "from the api").photograph("logs-agent-dark-zh");
        page.width(420).until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.photograph("logs-agent-narrow");
        page.assertClean();
    }
}
