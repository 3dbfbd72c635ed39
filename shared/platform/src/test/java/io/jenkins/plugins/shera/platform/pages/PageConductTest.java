package io.jenkins.plugins.shera.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pages do when clicked and typed at, over fixed answers of the server. */
@ExtendWith(BrowserExtension.class)
class PageConductTest {

    @RegisterExtension
    static final FixtureHost HOST = new FixtureHost();

    private Page page;

    @BeforeEach
    void english(Page given) {
        page = given.look(Theme.LIGHT, "en");
    }

    @Test
    void showsWhatAsksForAHandFirst() {
        page.open(HOST.root()).see("tr[data-key='Payments/ledger']");
        assertThat(page.texts("[aria-label=Applications] tbody tr td:first-child a"))
                .containsExactly("ledger", "Checkout", "rates", "report-batch");
        page.click("th:first-child .shera-sort");
        assertThat(page.texts("[aria-label=Applications] tbody tr td:first-child a"))
                .containsExactly("Checkout", "ledger", "rates", "report-batch");
        page.assertClean();
    }

    @Test
    void searchesByKeyboardAlone() {
        page.open(HOST.root()).see("tr[data-key='Payments/ledger']").press("/");
        page.evaluate("document.execCommand('insertText', false, 'STAGING check')");
        page.see(".shera-table__count", "1 of 4");
        assertThat(page.texts("[aria-label=Applications] tbody tr td:first-child a"))
                .containsExactly("Checkout");
    }

    @Test
    void saysAtTheFieldWhatIsWrongBeforeAskingTheServer() {
        page.open(HOST.root() + "#new-tenant")
                .type("input[name=id]", "Not A Label")
                .type("input[name=folder]", "teams/x");
        page.see(".shera-field__message.error", "Lower-case letters, digits and hyphens");
        page.click("button[type=submit]");
        assertThat(page.evaluate("document.activeElement.name").asText()).isEqualTo("id");
        page.assertClean();
    }

    @Test
    void putsTheServersRefusalAtTheFieldItNames() {
        page.open(HOST.root() + "platform/#new-cluster")
                .type("input[name=id]", "prod-east")
                .type("input[name=server]", "https://10.0.0.1:6443")
                .press("Enter");
        page.see(".shera-field__message.error", "There is a cluster of this name already. Choose another name");
        assertThat(page.evaluate("document.querySelector('input[name=id]').getAttribute('aria-invalid')")
                        .asText())
                .isEqualTo("true");
        assertThat(page.takeFindings()).allMatch(finding -> finding.contains("422"));
    }

    @Test
    void tellsOfAnApplicationAtAGlanceWhatThePluginsKnow() {
        page.open(HOST.root() + "tenant/payments/application/checkout/").see(".shera-glance__figure", "Requests / s");
        assertThat(page.texts(".shera-glance__figure b")).hasSize(4).last().isEqualTo("288");
        assertThat(page.texts(".shera-glance__line .shera-pill"))
                .containsExactly("In sync", "Alert", "Releases does not answer now");
        assertThat(page.evaluate("[...document.querySelectorAll('.shera-glance__line a')].map((a) => a.href).join()")
                        .asText())
                .contains("https://pay.example.com/")
                .doesNotContain("javascript");
        page.click(".shera-app-bar a.jenkins-button--primary");
        assertThat(page.evaluate("location.pathname").asText()).endsWith("/checkout/releases/");
    }

    @Test
    void fillsANewClusterFromACloudOfTheKubernetesPlugin() {
        page.open(HOST.root() + "platform/#new-cluster").click("a[title='https://agents.example.com:6443']");
        page.see("[role=status]", "Filled from the cloud Build Agents");
        assertThat(page.evaluate(
                                "['id', 'server', 'credentialsId'].map((n) => document.querySelector(`[name=${n}]`).value).join()")
                        .asText())
                .isEqualTo("build-agents,https://agents.example.com:6443,agents-token");
        page.assertClean();
    }

    @Test
    void writesTheSameCallBesideTheFormWhileOneTypes() {
        page.open(HOST.root() + "platform/#new-registry").type("input[name=id]", "it's");
        page.see(".shera-code", "{\"id\":\"it'\\''s\"");
    }

    @Test
    void removesOnlyWhatWasNamed() throws IOException {
        page.open(HOST.root() + "tenant/payments/#edit").click(".jenkins-app-bar__controls button");
        page.see("dialog", "The tenant leaves SheRa. It must have no applications left.");
        assertThat(page.evaluate("document.querySelector('dialog [type=submit]').disabled")
                        .asBoolean())
                .isTrue();
        page.type("dialog input", "payments").assertAccessible("dialog").photograph("fixture-remove-dialog");
        page.click("dialog [type=submit]").until("the console is back", "location.pathname === '/shera'");
    }

    @Test
    void showsWhatAConnectionTestFound() throws IOException {
        page.open(HOST.root() + "platform/")
                .click("[aria-label=Clusters] .shera-thing button")
                .see(".jenkins-alert-success", "Kubernetes 1.34.2 answered in 31 ms.");
        page.click("[aria-label=Registries] .shera-thing button")
                .see(".shera-problem", "It answered 401 to user robot.");
        page.click("[aria-label=Registries] .shera-byhand__toggle")
                .see(".shera-code", "/shera/platform/registry/house/test");
        page.assertAccessible("#shera-page").photograph("fixture-platform-tested");
    }

    @Test
    void showsAChangeAsADifference() throws IOException {
        page.open(HOST.root() + "audit/")
                .click(".shera-audit__change summary")
                .see(".shera-diff__line--added", "\"cpu\": \"16\"");
        assertThat(page.texts(".shera-diff__line--removed .shera-diff__text")).containsExactly("-     \"cpu\": \"8\",");
        page.assertAccessible("#shera-page").photograph("fixture-audit-difference");
    }

    @Test
    void tellsOfEachCallWhatItNeedsAndHowItIsSent() throws IOException {
        page.open(HOST.root() + "rest/")
                .see("tr[data-key]")
                .click("tr[data-key$=setWeight] summary")
                .see("tr[data-key$=setWeight] .shera-code");
        assertThat(page.texts("tr[data-key$=setWeight] .shera-code"))
                .containsExactly(
                        """
                        curl --fail-with-body --user "$USER:$TOKEN" \\
                          'https://jenkins.example.com/shera/tenant/{tenant}/application/{application}/releases/setWeight' \\
                          --json '{"environment":"…","weight":1}'""");
        assertThat(page.texts("tr[data-key$=setWeight] .shera-rest__fields:nth-of-type(2) tbody td:first-child"))
                .containsExactly("environmentrequired", "weightrequired", "reason");
        page.assertAccessible("#shera-page").photograph("fixture-rest-call");
        page.click(".shera-chip:nth-child(3)").see(".shera-table__count", "1 of 3");
        assertThat(page.texts("tr[data-key] code").get(0)).endsWith("/logs/lines");
        page.assertClean();
    }

    @Test
    void saysWhatToDoWhenThePageCannotBeRead() throws IOException {
        page.open(HOST.root() + "broken")
                .see(".shera-problem", "There is no such thing here.")
                .see(".shera-problem", "Go back to the console.");
        page.assertAccessible("#shera-page").photograph("fixture-problem");
    }
}
