package io.jenkins.plugins.shera.deploy.pages.rollout;

import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Phase;
import io.jenkins.plugins.shera.deploy.foreign.RealControllers;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A rollout that the controller of Argo Rollouts drives, as a person sees it and gives it a verb; skipped where the cluster has none. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ForeignPageTest {

    private static final ResourceKind ARGO = new ResourceKind("argoproj.io/v1alpha1", "Rollout", "rollouts", true);

    @Test
    void showsWhoDrivesItAndPassesTheVerbOn(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealControllers shop = RealControllers.argo(cluster);
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            shop.release(ARGO, "2");
            shop.until(Phase.PAUSED, "promote");
            String address = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see(".shera-pill--warn", "Paused").see("#shera-page", "Argo Rollouts");
            page.photograph("releases-argo-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en").photograph("releases-argo-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN").open(address).see(".shera-weight").photograph("releases-argo-zh");
            page.look(Theme.LIGHT, "en").open(address).see(".shera-weight");
            page.click("button.jenkins-\\!-destructive-color").see("dialog[open]");
            page.click("dialog .jenkins-button--primary").see(".shera-pill", "Aborted");
            shop.until(Phase.ABORTED, "");
            page.assertClean();
        }
    }
}
