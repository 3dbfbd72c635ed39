package io.jenkins.plugins.shera.monitoring.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.monitoring.config.MonitoringConfiguration;
import io.jenkins.plugins.shera.monitoring.config.PrometheusServer;
import io.jenkins.plugins.shera.monitoring.config.ThresholdSettings;
import io.jenkins.plugins.shera.monitoring.prometheus.RealPrometheus;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.config.Timelines;
import io.jenkins.plugins.shera.platform.extension.DeploymentAddition;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds of two tenants against a real Prometheus and promtool; no cluster is asked. */
@WithJenkins
class SetThresholdsStepTest {

    @TempDir
    Path folder;

    private RealPrometheus prometheus;
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        prometheus = RealPrometheus.start(folder);
        jenkins = rule;
        List<Tenant> tenants = new ArrayList<>();
        List<Application> applications = new ArrayList<>();
        for (String id : List.of("retail", "bank")) {
            rule.createProject(Folder.class, id);
            Tenant tenant = new Tenant(id);
            tenant.setFolder(id);
            tenant.setClusters(List.of("east"));
            tenant.setNamespaces(List.of(new TenantNamespace("east", id)));
            tenants.add(tenant);
            Application application = new Application(id, "shop");
            application.setEnvironments(List.of(new Environment("dev", "east", id)));
            applications.add(application);
        }
        KubernetesCluster east = new KubernetesCluster("east");
        east.setServer("https://127.0.0.1:9");
        PrometheusServer server = new PrometheusServer("main", prometheus.url().toString());
        server.setClusters("east");
        server.setRulesFolder(prometheus.rules().toString());
        server.setPromtool(RealPrometheus.promtool().toString());
        ThresholdSettings everyone = new ThresholdSettings("restarts");
        everyone.setWarning("3");
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(east));
            SheraConfiguration.get().setTenants(tenants);
            SheraConfiguration.get().setApplications(applications);
            MonitoringConfiguration.get().setPrometheusServers(List.of(server));
            MonitoringConfiguration.get().setThresholds(List.of(everyone));
        }
    }

    @AfterEach
    void stop() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private WorkflowRun run(String tenant, String script) throws Exception {
        Folder at = jenkins.jenkins.getItemByFullName(tenant, Folder.class);
        WorkflowJob job =
                at.createProject(WorkflowJob.class, "job" + at.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }

    private static String threads(String limit) {
        return "setThresholds(application: 'shop', thresholds: [threshold(metric: 'threads', warning: '" + limit
                + "', for: '0')])";
    }

    private String rules(String tenant) throws Exception {
        return Files.readString(prometheus.rules().resolve("current/" + tenant + ".yml"));
    }

    @Test
    void whatABuildSetsFiresInPrometheusAndStandsOnTheTimeline() throws Exception {
        WorkflowRun build = run("retail", "def r = " + threads("300") + "\necho \"version ${r.version} ${r.changes}\"");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains("+ shop/dev threads warning: 300 for 0s", build);
        jenkins.assertLogContains("version 1 [", build);
        assertThat(rules("retail")).contains("SheraThreads").contains("SheraRestarts");
        prometheus.serve("container_threads{namespace=\"retail\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n"
                + "container_threads{namespace=\"bank\",pod=\"shop-1a-b2\",container=\"shop\"} 301\n");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> prometheus.client().alerts().size() == 1);
        assertThat(prometheus
                        .client()
                        .alerts()
                        .get(0)
                        .path("labels")
                        .path("tenant")
                        .asText())
                .isEqualTo("retail");
        Application shop = SheraConfiguration.get().application("retail", "shop");
        assertThat(Timelines.get()
                        .of(shop)
                        .page(Long.MAX_VALUE, 10, TimelineEntry.Kind.ALERT)
                        .entries())
                .filteredOn(entry -> entry.detail().contains("threads"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains("threads warning: 300"));
        whatGoesOutWithADeploymentHoldsThereAlone(shop);
    }

    private void whatGoesOutWithADeploymentHoldsThereAlone(Application shop) throws Exception {
        DeploymentAddition thresholds = DeploymentAddition.named("thresholds").orElseThrow();
        DeploymentAddition.Place dev = new DeploymentAddition.Place(
                SheraConfiguration.get().tenant("retail"),
                shop,
                shop.environment("dev").orElseThrow());
        assertThat(thresholds.form(dev).path("values"))
                .as("what is set for all environments is inherited")
                .isEmpty();
        assertThatThrownBy(() -> thresholds.read(said("many")))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.where()).isEqualTo("thresholds[0].warning"));
        String settings = thresholds.read(said("400"));
        assertThat(thresholds.plan(dev, settings))
                .containsExactly("~ shop/dev threads warning: 300 for 0s -> 400 for 60s");
        assertThat(thresholds.form(dev).path("values")).isEmpty();
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            assertThat(thresholds.apply(dev, settings, null)).hasSize(1);
            assertThat(thresholds.apply(dev, settings, null)).as("said again").isEmpty();
        }
        assertThat(rules("retail")).contains("400");
        JsonNode now = thresholds.form(dev).path("values");
        assertThat(now).hasSize(1);
        assertThat(now.at("/0/warning").asText()).isEqualTo("400");
        assertThat(now.at("/0/for").asText()).isEqualTo("1m");
    }

    private static Fields said(String warning) throws Exception {
        return new Fields(
                new ObjectMapper()
                        .readTree("{\"thresholds\":[{\"metric\":\"threads\",\"warning\":\"" + warning
                                + "\",\"for\":\"1m\"}]}"),
                "");
    }

    @Test
    void aDeclarativePipelineMovesALimitAndTakesInheritedOnesAway() throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, run("retail", threads("300")));
        WorkflowRun build = run(
                "retail",
                "pipeline { agent any\n stages { stage('s') { steps { setThresholds(application: 'shop', environment: 'dev',"
                        + " thresholds: [threshold(metric: 'threads', warning: '400', for: '0'),"
                        + " threshold(metric: 'restarts', off: true)]) } } } }");

        jenkins.assertBuildStatus(Result.SUCCESS, build);
        jenkins.assertLogContains("~ shop/dev threads warning: 300 for 0s -> 400 for 0s", build);
        jenkins.assertLogContains("- shop/dev restarts warning: 3 for 300s", build);
        assertThat(rules("retail")).contains("> 400").doesNotContain("SheraRestarts");
    }

    @Test
    void refusesWhatCannotBeMeantAndLeavesTheRulesAlone() throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, run("retail", threads("300")));
        String before = rules("retail");

        WorkflowRun nonsense = run("retail", threads("many"));
        jenkins.assertBuildStatus(Result.FAILURE, nonsense);
        jenkins.assertLogContains("'many' is not a value", nonsense);
        jenkins.assertLogNotContains("\tat ", nonsense);

        WorkflowRun stranger = run("bank", threads("1").replace("thresholds:", "tenant: 'retail', thresholds:"));
        jenkins.assertBuildStatus(Result.FAILURE, stranger);
        jenkins.assertLogNotContains("\tat ", stranger);

        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, Files.readString(config) + "broken");
        WorkflowRun refused = run("retail", threads("500"));
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("the rules are as they were. Prometheus main: ", refused);
        jenkins.assertLogNotContains("\tat ", refused);
        assertThat(rules("retail")).isEqualTo(before);
    }

    @Test
    void keepsItsConfigurationAcrossALoadAndRefusesABadServer() {
        MonitoringConfiguration again = new MonitoringConfiguration();
        assertThat(again.getPrometheusServers()).singleElement().satisfies(server -> {
            assertThat(server.getClusters()).isEqualTo("east");
            assertThat(server.getRulesFolder()).isEqualTo(prometheus.rules().toString());
        });
        assertThat(again.getThresholds()).singleElement().satisfies(threshold -> assertThat(threshold.getWarning())
                .isEqualTo("3"));
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            assertThatThrownBy(() -> again.setPrometheusServers(List.of(new PrometheusServer("x", "file:///etc"))))
                    .hasMessageContaining("http://");
        }
    }
}
