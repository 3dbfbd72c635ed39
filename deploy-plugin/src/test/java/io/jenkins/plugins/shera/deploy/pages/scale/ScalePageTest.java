package io.jenkins.plugins.shera.deploy.pages.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.rollout.Autoscaler;
import io.jenkins.plugins.shera.deploy.rollout.Replicas;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.KubeException;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
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

/** A job and then a person set the number of pods in the real cluster. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ScalePageTest {

    private static int wanted(TestCluster cluster) throws KubeException {
        return Replicas.of(
                cluster.api().get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path()));
    }

    private static WorkflowRun run(JenkinsRule rule, WorkflowJob job, Result expected, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return rule.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    @Test
    void theNumberOfPodsIsSetByStepsAndByAPerson(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            new RealRollout(cluster).deploy(1);
            WorkflowJob job = ShopTenant.job(cluster, rule, false, "echo 'set below'");
            WorkflowRun two =
                    run(rule, job, Result.SUCCESS, "scaleApplication(application: 'shop', min: 2, max: 3, cpu: 70)");
            rule.assertLogContains("2 to 3 pods by CPU 70 %.", two);
            rule.assertLogContains(
                    "Cannot scale shop. Give one of:",
                    run(rule, job, Result.FAILURE, "scaleApplication(application: 'shop')"));
            rule.assertLogContains(
                    "'0' cannot be the parameter timeout",
                    run(rule, job, Result.FAILURE, "scaleApplication(application: 'shop', replicas: 1, timeout: 0)"));
            assertThat(wanted(cluster)).isEqualTo(2);

            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            String address = rule.getURL() + "shera/tenant/retail/application/shop/scale/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see(".shera-pill--info", "Autoscaler").see("span", "2 to 3 pods");
            page.photograph("scale-auto-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en").open(address).see(".shera-pods").photograph("scale-auto-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN").open(address).see(".shera-pods").photograph("scale-auto-zh");
            page.width(420).photograph("scale-auto-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280).look(Theme.LIGHT, "en").open(address).see(".shera-pods");

            page.click("#shera-page .shera-row > button:nth-child(2)").see("input[name=metric]");
            page.type("input[name=metric]", "a/b").type("input[name=metricTarget]", "10");
            page.click("form.shera-form button[type=submit]").see("#shera-page", "cannot be the parameter metric");
            page.takeFindings();
            page.type("input[name=metric]", "http_requests_per_second").photograph("scale-form-metric");
            page.click("form.shera-form button[type=submit]")
                    .see("span", "http_requests_per_second: aims at 10, sees nothing yet");
            page.photograph("scale-metric-light");
            page.look(Theme.DARK, "en").open(address).see(".shera-pods").photograph("scale-metric-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN").open(address).see(".shera-pods");
            page.click("#shera-page .shera-row > button:nth-child(2)").see("input[name=metric]");
            page.photograph("scale-metric-zh");
            page.look(Theme.LIGHT, "en").open(address).see(".shera-pods");

            page.click("button.jenkins-button--primary").see("form.shera-form");
            page.photograph("scale-form");
            page.type("form.shera-form input", "1");
            page.click("form.shera-form button[type=submit]").see(".shera-pill--idle", "Fixed number");
            await().atMost(Duration.ofMinutes(1)).until(() -> wanted(cluster) == 1);
            assertThat(Autoscaler.of(cluster.api(), cluster.namespace(), "shop"))
                    .isEmpty();

            page.click("#shera-page .shera-row > button:last-child").see("dialog[open]");
            page.photograph("scale-sleep");
            page.click("dialog .jenkins-button--primary").see(".shera-pill--idle", "Asleep; it wakes to 1 pods");
            page.click("button.jenkins-button--primary").see("dialog[open]");
            page.click("dialog .jenkins-button--primary").see(".shera-pill--idle", "Fixed number");
            await().atMost(Duration.ofMinutes(1)).until(() -> wanted(cluster) == 1);
            page.assertClean();
        }
    }
}
