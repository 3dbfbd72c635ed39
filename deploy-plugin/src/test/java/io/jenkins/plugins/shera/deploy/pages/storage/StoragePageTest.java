package io.jenkins.plugins.shera.deploy.pages.storage;

import static io.jenkins.plugins.shera.deploy.cli.StorageSaying.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
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

/** A job and then people change the volumes of an application in the real cluster. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class StoragePageTest {

    private static final String DEPLOY =
            "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0, volumes: [%s])";

    private static WorkflowRun run(JenkinsRule rule, WorkflowJob job, Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return rule.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    private static String size(TestCluster cluster, String claim) throws Exception {
        return cluster.api()
                .find(new ObjectRef(StorageKinds.CLAIM, cluster.namespace(), claim))
                .map(live -> live.at("/status/capacity/storage").asText())
                .orElse("gone");
    }

    @Test
    void volumesAreChangedByStepsAndByPeople(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, rule, false, "echo 'set below'");
            run(
                    rule,
                    job,
                    Result.SUCCESS,
                    DEPLOY.formatted("volume(name: 'data', mountPath: '/data', size: '16Mi'),"
                            + " volume(name: 'cache', mountPath: '/cache', size: '8Mi', keep: false)"));
            await().atMost(Duration.ofMinutes(2)).until(() -> size(cluster, "shop-data"), "16Mi"::equals);
            WorkflowRun grown = run(
                    rule, job, Result.SUCCESS, "changeVolume(application: 'shop', claim: 'shop-data', size: '32Mi')");
            rule.assertLogContains("shop-data: 16Mi -> 32Mi.", grown);
            rule.assertLogContains("Done: shop-data to 32Mi.", grown);
            assertThat(size(cluster, "shop-data")).isEqualTo("32Mi");
            run(rule, job, Result.SUCCESS, "changeVolume(application: 'shop', claim: 'shop-data', snapshot: 'first')");
            rule.assertLogContains(
                    "a volume is never made smaller",
                    run(
                            rule,
                            job,
                            Result.FAILURE,
                            "changeVolume(application: 'shop', claim: 'shop-data', size: '1Mi')"));
            rule.assertLogContains(
                    "Give one of: size",
                    run(rule, job, Result.FAILURE, "changeVolume(application: 'shop', claim: 'shop-data')"));

            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(Jenkins.READ, hudson.model.Item.READ, SheraPermissions.VIEW)
                    .everywhere()
                    .to("viewer"));
            assertThat(say("viewer", "shop-data", "64Mi", "")).startsWith("1 ").contains("Deploy");
            assertThat(say("viewer", "", "", "")).startsWith("0 claim\tshop-cache\tBound\t8Mi/8Mi\tcsi-hostpath");
            assertThat(say("admin", "shop-data", "64Mi", "")).startsWith("0 shop-data: 32Mi -> 64Mi.");
            assertThat(say("admin", "shop-data", "", "shop-dat"))
                    .startsWith("1 ")
                    .contains("named twice");
            assertThat(say("admin", "shop-data", "", "shop-data"))
                    .startsWith("1 ")
                    .contains("in use by");
            await().atMost(Duration.ofMinutes(2)).until(() -> size(cluster, "shop-data"), "64Mi"::equals);

            String address = rule.getURL() + "shera/tenant/retail/application/shop/storage/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
            page.open(address).see("code", "shop-data").see("code", "first");
            page.until("a viewer has no verbs", "!document.querySelector('#shera-page td .jenkins-button')");
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see("code", "shop-data").see(".shera-pill--ok", "Bound");
            page.photograph("storage-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en").open(address).see("code", "first").photograph("storage-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN").open(address).see("code", "first").photograph("storage-zh");
            page.width(420).photograph("storage-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280).look(Theme.LIGHT, "en").open(address).see("code", "first");

            page.click("table[aria-label=Snapshots] td .jenkins-button").see("form.shera-form");
            page.photograph("storage-restore");
            page.click("form.shera-form button[type=submit]").see("code", "shop-data-back");
            await().atMost(Duration.ofMinutes(2)).until(() -> size(cluster, "shop-data-back"), "32Mi"::equals);
            run(
                    rule,
                    job,
                    Result.SUCCESS,
                    DEPLOY.formatted("volume(name: 'data', mountPath: '/data', claim: 'shop-data-back')"));
            page.open(address)
                    .see("table[aria-label=Claims] tr:nth-child(2) td:last-child button:last-child", "Delete");
            page.click("table[aria-label=Claims] tr:nth-child(2) td:last-child button:last-child")
                    .see("dialog[open]");
            page.photograph("storage-delete");
            page.type("dialog input", "shop-data").click("dialog button[type=submit]");
            await().atMost(Duration.ofMinutes(2)).until(() -> size(cluster, "shop-data"), "gone"::equals);
            assertThat(size(cluster, "shop-data-back")).isEqualTo("32Mi");
            page.assertClean();
        }
    }
}
