package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.ExtensionList;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.extension.ApplicationTab;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.GET;

/** What fires is seen beside the rollouts of its environment; the tab that tells of alerts is the test's, for the plugin that has it is another. */
@WithJenkins
@ExtendWith(BrowserExtension.class)
class AlertsBesideTest {

    @Test
    void alertsAreShownWhereTheyFireAndAsTextAlone(JenkinsRule rule, Page page) throws Exception {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            KubernetesCluster away = new KubernetesCluster("away");
            away.setServer("https://127.0.0.1:9");
            Tenant tenant = new Tenant("retail");
            tenant.setClusters(List.of("away"));
            tenant.setNamespaces(List.of(new TenantNamespace("away", "dev"), new TenantNamespace("away", "prod")));
            Application shop = new Application("retail", "shop");
            shop.setEnvironments(
                    List.of(new Environment("dev", "away", "dev"), new Environment("prod", "away", "prod")));
            SheraConfiguration.get().setClusters(List.of(away));
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
        ExtensionList.lookup(ApplicationTab.class).add(new Watching());
        String address = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
        String prod = "section[aria-label=prod] .shera-rollout__alerts ";
        page.look(Theme.LIGHT, "en").open(address).see(prod + "li:first-child", "<b>5xx</b> of shop");
        page.see(prod + "li:first-child .shera-pill--bad", "Critical");
        page.see(prod + "li:first-child .shera-pill--info", "Canary").see(prod + "li:first-child", "seen to by ada");
        page.see(prod + "li:last-child", "memory").see(prod + "a[href$='/alerts/']");
        page.until(
                "what is silenced, pending or elsewhere is left out",
                "document.querySelectorAll('.shera-rollout__alerts li').length === 2");
        page.see(prod, "east does not answer");
        page.photograph("releases-alerts-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "zh-CN").open(address).see(prod + ".shera-pill--bad", "\u4e25\u91cd");
        page.photograph("releases-alerts-dark-zh");
        page.assertAccessible("#shera-page");
        page.assertClean();
    }

    /** Stands for the tab of the plugin that watches. */
    public static final class Watching extends ApplicationTab {
        @Override
        public String id() {
            return "alerts";
        }

        @Override
        public String title() {
            return "Alerts";
        }

        @Override
        public String icon() {
            return "symbol-alerts";
        }

        @Override
        public int order() {
            return 50;
        }

        @Override
        public Permission permission() {
            return SheraPermissions.VIEW;
        }

        @Override
        public Object page(Tenant tenant, Application application) {
            return new Told();
        }
    }

    /** Answers as its REST does. */
    public static final class Told {
        private static String alert(String environment, String severity, String pod, String state, String rest) {
            return "{\"environment\":\"" + environment + "\",\"severity\":\"" + severity + "\",\"pod\":\"" + pod
                    + "\",\"state\":\"" + state + "\",\"since\":\"2026-11-28T08:00:00Z\"," + rest + "}";
        }

        @GET
        public void doActive(StaplerResponse2 response) throws Exception {
            String loud = "\"silenced\":false,\"summary\":";
            response.setContentType("application/json;charset=UTF-8");
            response.getWriter()
                    .print("{\"alerts\":["
                            + String.join(
                                    ",",
                                    alert("prod", "warning", "shop-7f-x", "firing", loud + "\"memory of shop\""),
                                    alert(
                                            "prod",
                                            "critical",
                                            "shop-canary-5d-y",
                                            "firing",
                                            "\"acknowledged\":{\"by\":\"ada\"}," + loud + "\"<b>5xx</b> of shop\""),
                                    alert("prod", "critical", "", "pending", loud + "\"pending\""),
                                    alert("prod", "critical", "", "firing", "\"silenced\":true,\"summary\":\"quiet\""),
                                    alert("qa", "critical", "", "firing", loud + "\"elsewhere\""))
                            + "],\"unreachable\":[\"east\"]}");
        }
    }
}
