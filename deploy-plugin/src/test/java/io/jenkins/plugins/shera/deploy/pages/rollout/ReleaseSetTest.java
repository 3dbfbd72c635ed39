package io.jenkins.plugins.shera.deploy.pages.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.Cable;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.RealRollout;
import io.jenkins.plugins.shera.deploy.cli.RolloutSaying;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.connection.Kubeconfig;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import io.jenkins.plugins.shera.platform.extension.ReleaseNotifier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A release set over two namespaces and two clusters, with approval: seen on its page, cut off from one of them, promoted by a second person,
 * and undone. Both clusters are the one that KUBECONFIG names; to the second leads a way that can be cut.
 */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class ReleaseSetTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SET = "releaseSet(members: [member(application: 'shop', after: ['stock'],"
            + " image: 'localhost/busybox:1', env: [VERSION: '2']), member(application: 'stock',"
            + " image: 'localhost/busybox:1', env: [VERSION: '2'])], steps: [setWeight(50), pause()],"
            + " progressDeadlineSeconds: 60)";

    private final List<ReleaseNews> heard = new CopyOnWriteArrayList<>();

    @Test
    void movesTogetherOverTwoClustersWithApprovalAndGoesBackInReverseOrder(JenkinsRule rule, Page page)
            throws Exception {
        try (TestCluster near = TestCluster.open();
                TestCluster far = TestCluster.open();
                Cable cable = new Cable(
                        Kubeconfig.parse(near.kubeconfig(), null, false).server())) {
            RealRollout shop = new RealRollout(near);
            RealRollout stock = new RealRollout(far, "stock");
            shop.begin(1);
            stock.begin(1);
            WorkflowJob job = ShopTenant.job(near, rule, true, SET);
            addFar(near, far, cable, rule);
            ExtensionList.lookup(ReleaseNotifier.class).add(heard::add);
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            String releases = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");

            shop.awaitPods(1);
            stock.awaitPods(1);
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            rule.waitForMessage("Paused: ", run);
            page.open(releases)
                    .see(".shera-rollout__head", "Paused")
                    .see("a", "Released together with others: shop, stock");
            page.open(releases + "set/prod/").see(".shera-pill--warn", "Paused").see(".shera-set", "2 of 4 steps done");
            looks(page, "release-set-paused");
            assertThat(RolloutSaying.set("admin", "shop", "status"))
                    .startsWith("0 Paused")
                    .contains("stock/prod\tPaused");

            // A member alone may not run ahead, and one that cannot be seen holds all.
            assertThat(RolloutSaying.alone("admin", "stock", "promoteFull")).contains("a member of a release set");
            cable.cut();
            page.see(".shera-pill--bad", "Degraded").see("#shera-page", "cannot see stock");
            page.photograph("release-set-degraded");
            assertThat(RolloutSaying.set("admin", "shop", "promote")).contains("not all of its members can be seen");
            cable.mend();
            page.see("#shera-page", "shop, stock: waits for a person");

            // Out of the pause; then all are ready, and somebody else has to agree.
            click(page, ".shera-rollout__verbs .jenkins-button--primary");
            page.see(
                    "#shera-page", "somebody other than SYSTEM has to promote the set, because shop asks for approval");
            page.photograph("release-set-approval");
            assertThat(RolloutSaying.set("admin", "stock", "promote")).startsWith("0 ");
            rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
            rule.assertLogContains("all members are ready: recording the decision to promote", run);
            shop.onlyAnswers(shop.service(), "2", null, null);
            stock.onlyAnswers(stock.service(), "2", null, null);
            page.open(releases + "set/prod/").see(".shera-pill--ok", "Healthy").see("#shera-page", "approved by admin");
            page.see(".shera-set", "4 of 4 steps done");
            looks(page, "release-set-released");
            page.look(Theme.LIGHT, "zh-CN")
                    .open(releases + "set/prod/")
                    .see(".shera-set")
                    .photograph("release-set-zh");
            page.width(420).photograph("release-set-narrow");
            page.until("nothing stands out at the side", "document.documentElement.scrollWidth <= innerWidth");
            page.width(1280).look(Theme.LIGHT, "en");

            // One message for the set: it waited twice and is done.
            assertThat(heard).allMatch(each -> each.application().equals("shop, stock"));
            assertThat(many(ReleaseNews.Event.FINISHED)).isEqualTo(1);
            assertThat(heard.get(0).page()).isEqualTo("shera/tenant/retail/application/shop/releases/set/prod/");

            job.setDefinition(new CpsFlowDefinition("undoRollout(application: 'stock', set: true)", true));
            rule.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
            await().atMost(PATIENCE).until(() -> many(ReleaseNews.Event.WENT_BACK) == 1);
            shop.onlyAnswers(shop.service(), "1", null, null);
            stock.onlyAnswers(stock.service(), "1", null, null);
            assertThat(RolloutSaying.set("admin", "shop", "status")).startsWith("0 RolledBack");
            assertThat(changed(stock)).isAfterOrEqualTo(changed(shop));
            page.takeFindings();
        }
    }

    private long many(ReleaseNews.Event event) {
        return heard.stream()
                .filter(each -> each.event() == event)
                .map(ReleaseNews::key)
                .distinct()
                .count();
    }

    private static Instant changed(RealRollout rollout) throws IOException {
        JsonNode record = rollout.record();
        return Instant.parse(new ObjectMapper()
                .readTree(record.path("data").path("status").asText())
                .path("changedAt")
                .asText());
    }

    private static void click(Page page, String button) {
        page.click(button).see("dialog[open]").click("dialog .jenkins-button--primary");
    }

    /** Adds the cluster far, and moves stock into a namespace of it. */
    private static void addFar(TestCluster near, TestCluster far, Cable cable, JenkinsRule rule) throws Exception {
        URI server = Kubeconfig.parse(near.kubeconfig(), null, false).server();
        String config = near.kubeconfig()
                .replace(server.toString(), cable.address())
                .replaceAll("certificate-authority-data: [^\\s,}]+", "insecure-skip-tls-verify: true");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(rule.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "far",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(config.getBytes(StandardCharsets.UTF_8))));
            KubernetesCluster second = new KubernetesCluster("far");
            second.setInsecure(true);
            second.setTenantAccess(List.of(new TenantLogin("retail", "far")));
            SheraConfiguration all = SheraConfiguration.get();
            all.setClusters(List.of(all.cluster("real"), second));
            Tenant retail = all.tenant("retail");
            retail.setClusters(List.of("real", "far"));
            retail.setNamespaces(List.of(
                    new TenantNamespace("real", near.namespace()), new TenantNamespace("far", far.namespace())));
            all.setTenants(List.of(retail));
            Application stock = new Application("retail", "stock");
            stock.setEnvironments(List.of(new Environment("prod", "far", far.namespace())));
            all.setApplications(List.of(all.application("retail", "shop"), stock));
        }
    }

    private static void looks(Page page, String name) throws IOException {
        page.photograph(name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph(name + "-dark");
        page.assertAccessible("#shera-page").look(Theme.LIGHT, "en");
    }
}
