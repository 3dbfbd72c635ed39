package io.jenkins.plugins.shera.deploy.pages.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.cli.RolloutSaying;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person begins a release set on its page, in the real cluster, and takes it back. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class NewSetTest {

    /** No node has it: the rollouts begin, and wait for a pod. */
    private static final String IMAGE = "localhost/busybox@sha256:" + "1".repeat(64);

    @Test
    void beginsByAFormAllOrNone(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            RealRollout shop = new RealRollout(cluster);
            shop.deploy(1);
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            String releases = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(releases).see("a.jenkins-button", "Release together");
            page.open(releases + "set/prod/#new").see("form.shera-form");
            assertThat(page.evaluate("[...document.querySelectorAll('select[name=place]')].map((e) => e.value).join()")
                            .asText())
                    .isEqualTo("shop/prod,stock/prod");
            write(page, IMAGE);
            page.see(".shera-byhand", "after: ['stock']").see(".shera-byhand", "template: '5-25-50-100'");
            looks(page, releases);
            page.open(releases + "set/prod/#new").see("form.shera-form");
            write(page, IMAGE);

            // Stock is not deployed there: no member begins, so that the same set may once that is mended.
            page.click("form.shera-form button[type=submit]").see("#shera-page", "there is no Deployment stock yet");
            page.photograph("release-set-new-refused");
            assertThat(shop.canary()).isEmpty();

            new RealRollout(cluster, "stock").deploy(1);
            page.click("form.shera-form button[type=submit]").see(".shera-pill--info", "Progressing");
            page.photograph("release-set-new-begun");
            assertThat(RolloutSaying.set("admin", "stock", "status")).startsWith("0 Progressing");
            page.click("button.jenkins-\\!-destructive-color").see("dialog[open]");
            page.click("dialog .jenkins-button--primary, dialog .jenkins-\\!-destructive-color");
            page.see(".shera-pill--warn", "Rolled back").see("button.jenkins-button--primary", "New release set");
            assertThat(shop.canary()).isEmpty();
            page.takeFindings();
        }
    }

    private static void fill(Page page, int row, String field, String value) {
        page.evaluate("(() => { const e = document.querySelectorAll('form.shera-form [name=" + field + "]')[" + row
                + "]; e.value = '" + value + "'; e.dispatchEvent(new Event('input', {bubbles: true})); })()");
    }

    private static void write(Page page, String image) {
        fill(page, 0, "image", image);
        fill(page, 1, "image", image);
        fill(page, 0, "after", "stock");
    }

    private static void looks(Page page, String releases) throws Exception {
        page.photograph("release-set-new-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph("release-set-new-dark");
        page.assertAccessible("#shera-page");
        page.look(Theme.LIGHT, "zh-CN").open(releases).see("a.jenkins-button", "\u4e0e\u5176\u4ed6\u5e94\u7528");
        page.open(releases + "set/prod/#new").see("form.shera-form").photograph("release-set-new-zh");
        page.width(420).photograph("release-set-new-narrow");
        page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
        page.width(1280).look(Theme.LIGHT, "en").open(releases);
    }
}
