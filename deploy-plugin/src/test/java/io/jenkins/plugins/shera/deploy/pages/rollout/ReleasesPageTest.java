package io.jenkins.plugins.shera.deploy.pages.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import java.io.IOException;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person follows a rollout in the real cluster on its page, promotes and aborts it. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ReleasesPageTest {

    private static final String CANARY =
            "canary(application: 'shop', image: 'localhost/busybox:1', env: [VERSION: '%s'],"
                    + " steps: [setWeight(25), pause(), setWeight(50), pause(duration: '30m')])";

    @Test
    void showsARolloutLiveAndTakesTheVerbs(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            shop.begin(3);
            WorkflowJob job = ShopTenant.job(cluster, rule, false, CANARY.formatted("2"));
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            String address = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see(".shera-stack");
            page.photograph("releases-never");
            shop.awaitPods(3);
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            rule.waitForMessage("Paused: ", run);
            page.open(address).see(".shera-pill--warn", "Paused").see(".shera-weight");
            looks(page, "releases-paused");
            page.look(Theme.LIGHT, "zh-CN").open(address).see(".shera-weight").photograph("releases-paused-zh");
            page.width(420).photograph("releases-paused-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280).look(Theme.LIGHT, "en").open(address).see(".shera-weight");

            page.click(".jenkins-button--primary").see("dialog[open]");
            page.photograph("releases-promote");
            page.click("dialog .jenkins-button--primary");
            page.see("li[data-state=current]", "pause 1800s");
            page.photograph("releases-countdown");
            page.click("button.jenkins-\\!-destructive-color").see("dialog[open]");
            page.click("dialog .jenkins-button--primary").see(".shera-pill", "Aborted");
            await().atMost(Duration.ofMinutes(1)).until(() -> shop.canary().isEmpty());
            rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(run));
            rule.assertLogContains("is Aborted: aborted by admin", run);
            page.open(address).see(".shera-pill", "Aborted");
            looks(page, "releases-aborted");
            page.assertClean();
            assertThat(shop.stable().path("status").path("availableReplicas").asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void showsHowManyPodsOfAStatefulSetAreNew(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            shop.beginSet();
            WorkflowJob job = ShopTenant.job(cluster, rule, false, CANARY.formatted("2"));
            rule.assertLogContains(
                    "whose pods are replaced where they stand, and nothing beside them can get a share. Choose the router"
                            + " partition.",
                    rule.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0)));
            job.setDefinition(new CpsFlowDefinition(
                    CANARY.formatted("2").replace("steps:", "router: partition(), steps:"), true));
            shop.awaitSet();
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            rule.waitForMessage("Paused: ", run);
            String address = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").open(address).see(".shera-rollout__sides", "1 of 3 pods, 33 %");
            page.see(".shera-rollout__sides", "33 % to the canary");
            page.see(".shera-rollout__head", "partition");
            looks(page, "releases-partition");
            page.look(Theme.LIGHT, "zh-CN").open(address).see(".shera-weight").photograph("releases-partition-zh");
            page.look(Theme.LIGHT, "en").open(address).see(".shera-weight");
            page.click("button.jenkins-\\!-destructive-color").see("dialog[open]");
            page.click("dialog .jenkins-button--primary").see(".shera-pill", "Aborted");
            rule.assertBuildStatus(Result.FAILURE, rule.waitForCompletion(run));
            assertThat(shop.set().path("status").path("readyReplicas").asInt()).isEqualTo(3);
            assertThat(shop.set().path("metadata").path("annotations").has("shera.io/rollout-share"))
                    .isFalse();
            page.assertClean();
        }
    }

    @Test
    void promotesWhatServesInOneEnvironmentToTheNext(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster prod = TestCluster.open();
                TestCluster dev = TestCluster.open()) {
            RealRollout shop = new RealRollout(prod);
            shop.begin(1);
            ShopTenant.job(prod, rule, false, "echo 'not run'");
            ShopTenant.addDev(prod, dev, EnvironmentPolicy.BUILT);
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            String address = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            shop.awaitPods(1);
            page.open(address).see("button.jenkins-button", "Promote to environment");
            page.click("section[aria-label=dev] .shera-rollout__verbs button:last-of-type")
                    .see("form.shera-form");
            looks(page, "releases-promote-image");
            page.open(address)
                    .click("section[aria-label=dev] .shera-rollout__verbs button:last-of-type")
                    .click("form.shera-form button[type=submit]")
                    .see("#shera-page", "it is not deployed there. Deploy it there first.");

            new RealRollout(dev).deploy(1);
            page.click("form.shera-form button[type=submit]").see("#shera-page", "is unknown");
            page.photograph("releases-promote-image-refused");
            assertThat(shop.canary()).isEmpty();

            page.type("input[name=override]", "at night").click("form.shera-form button[type=submit]");
            page.see(".shera-pill", "Progressing");
            page.see(".shera-rollout__image", "localhost/busybox@sha256:").see(".shera-rollout__head", "by admin");
            page.look(Theme.LIGHT, "zh-CN").open(address).see(".shera-weight").photograph("releases-promoted-zh");
            page.takeFindings();
        }
    }

    private static void looks(Page page, String name) throws IOException {
        page.photograph(name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph(name + "-dark");
        page.assertAccessible("#shera-page").look(Theme.LIGHT, "en");
    }
}
