package io.jenkins.plugins.shera.deploy.pages.middleware;

import static io.jenkins.plugins.shera.deploy.cli.MiddlewareSaying.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.config.MiddlewareConfiguration;
import io.jenkins.plugins.shera.deploy.config.MiddlewareImage;
import io.jenkins.plugins.shera.deploy.middleware.DebianImages;
import io.jenkins.plugins.shera.deploy.storage.StorageKinds;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** People deploy, change and delete a cache in the real cluster, by page and command line. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
@Tag("slow")
class MiddlewarePageTest {

    private static final ResourceKind SECRET = new ResourceKind("v1", "Secret", "secrets", true);

    private static String password(TestCluster cluster) throws Exception {
        return cluster.api()
                .find(new ObjectRef(SECRET, cluster.namespace(), "shop-cache-credentials"))
                .map(live -> live.at("/data/password").asText())
                .orElse("gone");
    }

    @Test
    void aCacheIsDeployedChangedAndDeletedByPeople(JenkinsRule rule, Page page) throws Exception {
        try (DebianImages debian = DebianImages.open();
                TestCluster cluster = TestCluster.open()) {
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
                MiddlewareConfiguration.get().setImages(List.of(new MiddlewareImage("redis", "7.0", debian.image())));
            }
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(Jenkins.READ, hudson.model.Item.READ, SheraPermissions.VIEW)
                    .everywhere()
                    .to("viewer"));
            String address = rule.getURL() + "shera/tenant/retail/application/shop/middleware/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see("p", "No database, cache or broker here.");
            page.click(".shera-row .jenkins-button").see("form.shera-form");
            page.type("form.shera-form input[type=text]", "shop-cache");
            page.until(
                    "the parameter is asked for",
                    "[...document.querySelectorAll('form.shera-form label')].some(l =>"
                            + " l.textContent.startsWith('maxmemoryPolicy'))");
            page.photograph("middleware-form");
            page.click("form.shera-form button[type=submit]").see("dialog[open] pre", "create StatefulSet");
            page.photograph("middleware-plan");
            assertThat(password(cluster)).isEqualTo("gone");
            page.click("dialog[open] button[type=submit]").see("strong", "shop-cache");
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> say("viewer", command -> {}), said -> said.contains("\tReady\t"));
            assertThat(say("viewer", command -> {}))
                    .startsWith("0 shop-cache\tredis 7.0\tReady\tshop-cache." + cluster.namespace()
                            + ".svc:6379\tshop-cache-credentials\t8Gi");

            page.open(address).see(".shera-pill--ok", "Ready");
            page.click("section details summary");
            page.photograph("middleware-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en").open(address).see(".shera-pill--ok", "Ready");
            page.photograph("middleware-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN")
                    .open(address)
                    .see("strong", "shop-cache")
                    .photograph("middleware-zh");
            page.width(420).photograph("middleware-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280);

            assertThat(say("viewer", command -> {
                        command.name = "shop-cache";
                        command.rotate = true;
                    }))
                    .startsWith("1 ")
                    .contains("Deploy");
            assertThat(say("viewer", command -> command.tenant = "wholesale")).startsWith("1 ");
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "viewer", "viewer");
            page.open(address).see("strong", "shop-cache");
            page.until("a viewer has no verbs", "!document.querySelector('#shera-page section .jenkins-button')");

            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            String before = password(cluster);
            page.open(address).see(".shera-pill--ok", "Ready");
            page.click("section[aria-label=shop-cache] .jenkins-button:nth-of-type(2)")
                    .see("dialog[open]");
            page.click("dialog[open] button[type=submit]");
            await().atMost(Duration.ofMinutes(1)).until(() -> !password(cluster).equals(before));
            assertThat(say("admin", command -> {
                        command.name = "shop-cache";
                        command.template = "redis";
                        command.memory = "96Mi";
                        command.dryRun = true;
                    }))
                    .startsWith("0 ")
                    .contains("96Mi")
                    .doesNotContain(password(cluster));
            assertThat(say("admin", command -> {
                        command.name = "shop-cache";
                        command.delete = "shop";
                    }))
                    .startsWith("1 ")
                    .contains("named twice");
            page.open(address).see("strong", "shop-cache");
            page.click("section[aria-label=shop-cache] .jenkins-button:nth-of-type(3)")
                    .see("dialog[open]");
            page.type("dialog input", "shop-cache").click("dialog button[type=submit]");
            await().atMost(Duration.ofMinutes(1)).until(() -> password(cluster).equals("gone"));
            assertThat(cluster.api().find(new ObjectRef(StorageKinds.CLAIM, cluster.namespace(), "shop-cache-data")))
                    .isPresent();
            page.open(address).see("p", "No database, cache or broker here.");
            page.assertClean();
        }
    }
}
