package io.jenkins.plugins.shera.deploy.pages.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A person deploys an image from the page of releases to the cluster that KUBECONFIG names, without a build. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class QuickDeployTest {

    private static final String VERB = "section[aria-label=prod] .shera-rollout__verbs button:nth-child(2)";
    private static final String SEND = "form.shera-form button[type=submit]";

    @Test
    void showsWhatWouldChangeDeploysItAndFollowsIt(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            ShopTenant.job(cluster, rule, false, "echo 'not run'");
            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin"));
            ObjectRef ref = new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop");
            String address = rule.getURL() + "shera/tenant/retail/application/shop/releases/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(address).click(VERB).see("form.shera-form", "Configuration files");
            looks(page, "releases-deploy");
            page.look(Theme.LIGHT, "zh-CN").open(address).click(VERB).see("form.shera-form");
            page.photograph("releases-deploy-zh");

            page.look(Theme.LIGHT, "en").open(address).click(VERB).see("form.shera-form");
            page.type("input[name=image]", "localhost/busybox:1").type("input[name=port]", "8080");
            page.click(section(6) + " > summary").type("input[name=account]", "builder");
            page.type("input[name=replicas]", "0");
            page.click(SEND).see("#shera-page", "there is no ServiceAccount builder");
            assertThat(cluster.api().find(ref)).isEmpty();
            page.takeFindings();

            page.open(address).click(VERB).see("form.shera-form");
            page.type("input[name=image]", "localhost/busybox:1").type("input[name=port]", "8080");
            page.type("input[name=replicas]", "0");
            page.click(section(1) + " > summary").click(section(1) + " fieldset > button");
            page.type("input[name=path]", "etc/shop.conf").type("textarea[name=content]", "a = 1");
            page.see(section(1) + " .shera-field__message", "Give an absolute path");
            page.type("input[name=path]", "/etc/shop.conf").see(section(1) + " > summary", "/etc/shop.conf");
            page.click(section(5) + " > summary").click(section(5) + " fieldset > button");
            page.type(section(5) + " .shera-rows__row input[name=path]", "/live");
            page.see(".shera-byhand pre", "pod: [probe(kind: 'liveness', path: '/live')]");
            looks(page, "releases-deploy-open");
            page.click(SEND).see("dialog[open]", "create Deployment " + cluster.namespace() + "/shop");
            page.photograph("releases-deploy-plan");
            assertThat(cluster.api().find(ref)).isEmpty();
            page.click("dialog .jenkins-button--primary").see(".jenkins-alert-success", "all pods serve");
            page.photograph("releases-deploy-done");
            JsonNode live = cluster.api().get(ref.path());
            assertThat(live.at("/spec/template/spec/containers/0/livenessProbe/httpGet/path")
                            .asText())
                    .isEqualTo("/live");
            assertThat(live.at("/metadata/annotations/shera.io~1build").asText())
                    .isEqualTo("the console");

            page.open(address).click(VERB).see(section(1) + " > summary", "/etc/shop.conf");
            page.see(section(5) + " > summary", "liveness /live");
            assertThat(page.evaluate("document.querySelector('textarea[name=content]').value")
                            .asText())
                    .isEqualTo("a = 1");
            page.type("textarea[name=env]", "GREETING=hello");
            page.click(SEND).see("dialog[open]", "GREETING");
            assertThat(page.text("dialog pre")).doesNotContain("shop.conf", "livenessProbe", "create");
            page.click("dialog .jenkins-button--primary").see(".jenkins-alert-success", "all pods serve");
            assertThat(cluster.api().get(ref.path()).at("/spec/template/spec/volumes/0/configMap"))
                    .isEqualTo(live.at("/spec/template/spec/volumes/0/configMap"));
            page.assertClean();

            cluster.api()
                    .merge(
                            ref,
                            new ObjectMapper()
                                    .readTree(
                                            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"shop\",\"image\":"
                                                    + "\"localhost/busybox:1\",\"envFrom\":[{\"secretRef\":{\"name\":\"kept\"}}]}]}}}}"));
            page.open(address).click(VERB).see(".jenkins-alert-warning", "envFrom");
            page.type("input[name=image]", "localhost/busybox:2");
            page.click(SEND).see("#shera-page", "which would go away. Deploy it by its Jenkinsfile");
            assertThat(cluster.api()
                            .get(ref.path())
                            .at("/spec/template/spec/containers/0/image")
                            .asText())
                    .isEqualTo("localhost/busybox:1");
            page.takeFindings();
        }
    }

    private static String section(int index) {
        return "form.shera-form > details:nth-of-type(" + index + ")";
    }

    private static void looks(Page page, String name) throws IOException {
        page.photograph(name + "-light");
        page.assertAccessible("#shera-page");
        page.look(Theme.DARK, "en").photograph(name + "-dark");
        page.assertAccessible("#shera-page").look(Theme.LIGHT, "en");
    }
}
