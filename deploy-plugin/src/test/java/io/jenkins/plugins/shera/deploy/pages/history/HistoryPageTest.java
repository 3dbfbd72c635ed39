package io.jenkins.plugins.shera.deploy.pages.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.history.History;
import io.jenkins.plugins.shera.deploy.history.Revision;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Three revisions in the real cluster, one of which a person goes back to. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class HistoryPageTest {

    private static List<Revision> read(TestCluster cluster) throws Exception {
        return new History(cluster.api(), new Subject("retail", "shop", "prod", "real", cluster.namespace())).read();
    }

    private static String color(TestCluster cluster) throws Exception {
        return cluster.api()
                .get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path())
                .at("/spec/template/spec/containers/0/env/0/value")
                .asText();
    }

    @Test
    void revisionsAreComparedAndOneComesBack(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, rule, false, "echo 'set below'");
            assertThat(read(cluster)).isEmpty();
            for (String color : List.of("red", "green", "blue")) {
                job.setDefinition(new CpsFlowDefinition(
                        "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0, env: [COLOR: '"
                                + color + "', DB_PASSWORD: 'hush-hush'])",
                        true));
                rule.assertBuildStatus(
                        Result.SUCCESS, job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("ann"))));
            }
            List<Revision> three = read(cluster);
            assertThat(three).extracting(Revision::number).containsExactly(3L, 2L, 1L);
            assertThat(three).extracting(Revision::stable).containsExactly(true, false, false);
            assertThat(three)
                    .extracting(Revision::build)
                    .containsExactly("retail/release#3", "retail/release#2", "retail/release#1");
            assertThat(three)
                    .allSatisfy(each ->
                            assertThat(each.text()).contains("DB_PASSWORD").doesNotContain("hush-hush"));
            assertThat(new History(cluster.api(), new Subject("other", "shop", "prod", "real", cluster.namespace()))
                            .read())
                    .as("another tenant's application of this name")
                    .isEmpty();

            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(Jenkins.READ, hudson.model.Item.READ, SheraPermissions.VIEW)
                    .everywhere()
                    .to("viewer"));
            String address = rule.getURL() + "shera/tenant/retail/application/shop/history/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
            page.open(address).see("a", "retail/release#1").see("td", "ann");
            page.until("a viewer goes back to nothing", "!document.querySelector('#shera-page td .jenkins-button')");
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see(".shera-pill--info", "Stable");
            page.click("#shera-page details summary")
                    .see(".shera-diff", "green")
                    .see(".shera-diff", "blue");
            page.photograph("history-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en").open(address).see(".shera-pill--info").click("#shera-page details summary");
            page.see(".shera-diff").photograph("history-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN")
                    .open(address)
                    .see(".shera-pill--info")
                    .photograph("history-zh");
            page.width(420).photograph("history-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280).look(Theme.LIGHT, "en").open(address).see(".shera-pill--info");

            page.click("#shera-page tbody tr:nth-child(3) .jenkins-button").see("dialog[open]");
            page.photograph("history-undo");
            page.click("dialog button[type=submit]");
            await().atMost(Duration.ofMinutes(2)).until(() -> color(cluster), "red"::equals);
            page.assertClean();
        }
    }
}
