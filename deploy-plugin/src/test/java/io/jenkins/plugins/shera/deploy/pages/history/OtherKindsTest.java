package io.jenkins.plugins.shera.deploy.pages.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.shera.deploy.ShopTenant;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.deploy.canary.Subject;
import io.jenkins.plugins.shera.deploy.history.History;
import io.jenkins.plugins.shera.deploy.history.Revision;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.rollout.RunningImage;
import io.jenkins.plugins.shera.deploy.scale.CustomMetric;
import io.jenkins.plugins.shera.deploy.scale.ScaleFacts;
import io.jenkins.plugins.shera.deploy.scale.ScaleOrder;
import io.jenkins.plugins.shera.deploy.scale.Scaling;
import io.jenkins.plugins.shera.harness.browser.BrowserExtension;
import io.jenkins.plugins.shera.harness.browser.Page;
import io.jenkins.plugins.shera.harness.browser.Theme;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.kube.rollout.RolloutState;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A DaemonSet and a StatefulSet in the real cluster: their revisions, the way back, their number of pods, and what is promoted. */
@Tag("cluster")
@WithJenkins
@ExtendWith(BrowserExtension.class)
class OtherKindsTest {

    /** A workload that sleeps, as a person would write it. */
    private static String workload(String kind, String name, String version) {
        String more = kind.equals("StatefulSet") ? "replicas: 1, serviceName: " + name + ", " : "";
        return "{apiVersion: apps/v1, kind: " + kind + ", metadata: {name: " + name + "}, spec: {" + more
                + "selector: {matchLabels: {app: " + name + "}}, template: {metadata: {labels: {app: " + name
                + "}}, spec: {terminationGracePeriodSeconds: 0, containers: [{name: " + name
                + ", image: \"localhost/busybox:1\", command: [sleep, \"600\"], env: [{name: V, value: \"" + version
                + "\"}]}]}}}}";
    }

    private static List<String> versions(TestCluster cluster, String name) throws Exception {
        return cluster.api().list(ResourceKind.POD, cluster.namespace(), "app=" + name, "").stream()
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .map(pod -> pod.at("/spec/containers/0/env/0/value").asText())
                .toList();
    }

    private static Subject subject(TestCluster cluster, String name) {
        return new Subject("retail", name, "prod", "real", cluster.namespace());
    }

    @Test
    void theyHaveAHistoryAWayBackAndANumberOfPodsWhereThatMakesSense(JenkinsRule rule, Page page) throws Exception {
        try (TestCluster cluster = TestCluster.open()) {
            WorkflowJob job = ShopTenant.job(cluster, rule, false, "echo 'set below'");
            StringBuilder script = new StringBuilder();
            for (String version : List.of("1", "2")) {
                script.append("deployManifests(application: 'shop', environment: 'prod', manifests: '")
                        .append(workload("DaemonSet", "shop", version))
                        .append("')\n");
            }
            script.append("deployManifests(application: 'stock', environment: 'prod', set: 'stock', manifests: '")
                    .append(workload("StatefulSet", "stock", "1"))
                    .append("')\n");
            job.setDefinition(new CpsFlowDefinition(script.toString(), true));
            rule.buildAndAssertSuccess(job);

            Subject shop = subject(cluster, "shop");
            int nodes = versions(cluster, "shop").size();
            List<Revision> two = new History(cluster.api(), shop).read();
            assertThat(two).extracting(Revision::number).containsExactly(2L, 1L);
            assertThat(two).extracting(Revision::stable).containsExactly(true, false);
            assertThat(two).extracting(Revision::pods).containsExactly(nodes, 0);
            assertThat(two.get(0).build()).isEqualTo("retail/release#1");
            ScaleFacts facts = new Scaling(cluster.api(), shop, "").look().orElseThrow();
            assertThat(facts.kind()).isEqualTo("DaemonSet");
            assertThat(facts.wanted()).isEqualTo(nodes);
            Origin origin = new Origin("retail", "shop", "prod", "", "");
            assertThat(new RunningImage(cluster.api(), origin, cluster.namespace()).read())
                    .contains("localhost/busybox");

            rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
            rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("admin")
                    .grant(Jenkins.READ, SheraPermissions.VIEW)
                    .everywhere()
                    .to("viewer"));
            String application = rule.getURL() + "shera/tenant/retail/application/shop/";
            page.look(Theme.LIGHT, "en").signIn(rule.getURL().toString(), "admin", "admin");
            page.open(application + "scale/").see("#shera-page", "their number follows the nodes");
            page.photograph("scale-daemonset");
            page.until("it cannot be scaled", "!document.querySelector('#shera-page .shera-card .jenkins-button')");
            page.open(application + "history/")
                    .see(".shera-pill--info", "Stable")
                    .photograph("history-daemonset");
            page.click("#shera-page tbody tr:nth-child(2) .jenkins-button").see("dialog[open]");
            page.click("dialog button[type=submit]");
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> versions(cluster, "shop").equals(java.util.Collections.nCopies(nodes, "1")));
            page.see("#shera-page tbody tr:nth-child(1)", "3");
            assertThat(new History(cluster.api(), shop).read())
                    .extracting(Revision::number)
                    .containsExactly(3L, 2L);
            page.assertClean();

            aStatefulSetIsScaled(cluster);
        }
    }

    private static void aStatefulSetIsScaled(TestCluster cluster) throws Exception {
        Subject stock = subject(cluster, "stock");
        Scaling scaling = new Scaling(cluster.api(), stock, "");
        assertThat(new History(cluster.api(), stock).read()).singleElement().satisfies(only -> assertThat(only.pods())
                .isEqualTo(1));
        String done = scaling.apply(ScaleOrder.of(2, null, null, null, null, noMetric(), false));
        assertThat(done).contains("1 -> 2 pods");
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        scaling.progress(System.currentTimeMillis() + 60_000).phase() == RolloutState.Phase.COMPLETE);
        ScaleFacts facts = scaling.look().orElseThrow();
        assertThat(List.of(facts.kind(), facts.wanted(), facts.ready())).isEqualTo(List.of("StatefulSet", 2, 2));
        scaling.apply(ScaleOrder.of(0, null, null, null, null, noMetric(), false));
        assertThat(scaling.look().orElseThrow().asleepFrom()).isEqualTo(2);
        assertThat(scaling.apply(ScaleOrder.of(null, null, null, null, null, noMetric(), true)))
                .contains("wakes: 0 -> 2 pods");
    }

    private static CustomMetric noMetric() {
        return CustomMetric.of("", "", "", "", "");
    }
}
