package io.jenkins.plugins.shera.deploy.pages.apm;

import static io.jenkins.plugins.shera.deploy.cli.ApmSaying.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.apm.ApmState;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.config.ApmAgent;
import io.jenkins.plugins.shera.deploy.config.ApmConfiguration;
import io.jenkins.plugins.shera.deploy.config.ApmTenant;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** People switch an agent on, into canaries only and off in the real cluster, by page and command line. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ApmPageTest {

    private static void agents() {
        ApmAgent agent = new ApmAgent(
                "tiny", "localhost/busybox:1", "/bin/busybox", "-javaagent:${dir}/busybox=${collector},${sampling}");
        agent.setPage("https://apm.example/all/${application}");
        ApmTenant retail = new ApmTenant("retail");
        retail.setCollector("collector.retail:9991");
        retail.setSampling("20");
        retail.setPage("https://apm.example/${tenant}/${application}");
        agent.setTenants(List.of(retail));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            ApmConfiguration.get().setAgents(List.of(agent));
        }
    }

    private static ObjectRef shop(TestCluster cluster) {
        return new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
    }

    private static String state(TestCluster cluster) throws Exception {
        return ApmState.of(cluster.api().get(shop(cluster).path())).toString();
    }

    private static void freeze(boolean now) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = SheraConfiguration.get().tenant("retail");
            retail.setFreezes(now ? List.of(new Freeze("year's end")) : List.of());
            SheraConfiguration.get().setTenants(List.of(retail));
        }
    }

    @Test
    void anAgentIsSwitchedOnAndOffByPeople(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            // What the image sets cannot be read in this test, so the application says it.
            new RealRollout(cluster).deploy(1, "-Xmx64m");
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(Jenkins.READ, hudson.model.Item.READ, SheraPermissions.VIEW)
                    .everywhere()
                    .to("viewer"));
            String application = rule.getURL() + "shera/tenant/retail/application/shop/";
            String address = application + "apm/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).see(".shera-pill--idle", "Off").see("#shera-page", "no APM agent yet");
            page.until("nothing to switch to", "!document.querySelector('#shera-page button.jenkins-button')");
            agents();
            assertThat(say("viewer", command -> {})).isEqualTo("0 off\t\t\n");
            assertThat(say("viewer", command -> command.mode = "on"))
                    .startsWith("1 ")
                    .contains("Deploy");
            assertThat(say("admin", command -> {
                        command.mode = "on";
                        command.dryRun = true;
                    }))
                    .startsWith("0 ")
                    .contains("JAVA_TOOL_OPTIONS", "Pods that restart: 1");
            assertThat(state(cluster)).as("only planned").isEqualTo("off");

            page.open(address).see(".shera-pill--idle", "Off");
            page.click("#shera-page button.jenkins-button").see("form.shera-form select");
            page.photograph("apm-form");
            page.click("form.shera-form button[type=submit]").see("dialog[open] pre", "JAVA_TOOL_OPTIONS");
            page.see("dialog[open]", "One pod restarts");
            page.photograph("apm-plan");
            page.click("dialog[open] button[type=submit]").see(".shera-pill--ok", "On");
            await().atMost(Duration.ofMinutes(2)).until(() -> state(cluster), "on (tiny)"::equals);
            page.open(address).see("dd", "collector.retail:9991").see("dd", "20 % of the requests");
            page.until(
                    "the link is the tenant's",
                    "document.querySelector('a[rel~=noopener].jenkins-button')?.href === 'https://apm.example/retail/shop'");
            page.until("the rollout is over", "!document.querySelector('#shera-page [role=status]')");
            page.photograph("apm-light");
            page.assertAccessible("#shera-page");
            page.look(Theme.DARK, "en")
                    .open(address)
                    .see(".shera-pill--ok", "On")
                    .photograph("apm-dark");
            page.assertAccessible("#shera-page");
            page.look(Theme.LIGHT, "zh-CN")
                    .open(address)
                    .see("dd", "collector.retail:9991")
                    .photograph("apm-zh");
            page.width(420).photograph("apm-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280).look(Theme.LIGHT, "en");
            String running = rule.getURL() + "shera/tenant/retail/running/api/json?depth=3";
            page.until(
                    "the overview is given the link",
                    "(() => { const asked = new XMLHttpRequest(); asked.open('GET', '" + running + "', false);"
                            + " asked.send(); return asked.responseText.includes('https://apm.example/retail/shop'); })()");
            assertThat(say("viewer", command -> {})).isEqualTo("0 on\ttiny\thttps://apm.example/retail/shop\n");

            freeze(true);
            assertThat(say("admin", command -> command.mode = "off"))
                    .startsWith("1 ")
                    .contains("is frozen");
            freeze(false);
            page.open(address).see(".shera-pill--ok", "On");
            page.click("#shera-page button.jenkins-button").see("form.shera-form select");
            page.click("form.shera-form button[type=submit]").see("dialog[open]", "One pod restarts");
            page.click("dialog[open] button[type=submit]");
            await().atMost(Duration.ofMinutes(2)).until(() -> state(cluster), "off"::equals);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> say("admin", command -> command.mode = "canary"), said -> said.startsWith("0 "));
            assertThat(state(cluster)).isEqualTo("canary (tiny)");
            page.open(address).see(".shera-pill--info", "Canary only");

            page.signIn(rule.getURL().toString(), "viewer", "viewer");
            page.open(address).see(".shera-pill--info", "Canary only");
            page.until("a viewer switches nothing", "!document.querySelector('#shera-page button.jenkins-button')");
            page.assertClean();
        }
    }
}
