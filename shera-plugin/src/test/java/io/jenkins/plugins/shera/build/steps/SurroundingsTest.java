package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.config.SonarServer;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Our steps inside blocks of SonarQube Scanner and Docker Pipeline, of which a step sees the variables they set. */
@WithJenkins
class SurroundingsTest {
    @TempDir
    Path folder;

    private static WorkflowJob job(JenkinsRule jenkins, String registry) throws Exception {
        Folder shop = jenkins.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("far", "house"));
        SheraConfiguration.get()
                .setRegistries(List.of(
                        new ContainerRegistry("far", "127.0.0.1:1"),
                        new ContainerRegistry("house", registry),
                        new ContainerRegistry("foreign", "foreign.example.com")));
        SheraConfiguration.get().setTenants(List.of(tenant));
        SonarServer own = new SonarServer("own", "http://127.0.0.1:2/");
        SonarServer second = new SonarServer("second", "http://127.0.0.1:3");
        SonarServer foreign = new SonarServer("foreign", "https://foreign.example.com");
        foreign.setTenants("other");
        own.setTenants("shop");
        second.setTenants("shop");
        SonarConfiguration.get().setServers(List.of(own, second, foreign));
        return shop.createProject(WorkflowJob.class, "build");
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String environment, String step)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'a', text: 'a'; writeFile file: 'Dockerfile', text: "
                        + "'FROM scratch\\nCOPY a /a\\n'; withEnv([" + environment + "]) { " + step + " } }",
                true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    @Test
    void theBlockOfARegistryChoosesAmongTheTenants(JenkinsRule jenkins) throws Exception {
        DockerRegistry.requireProgram("git");
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            WorkflowJob job = job(jenkins, registry.host());
            String build = "echo 'made ' + buildImage(image: 'shop/cart').reference";

            jenkins.assertLogContains(
                    "made " + registry.host() + "/shop/cart@sha256:",
                    run(
                            jenkins,
                            job,
                            Result.SUCCESS,
                            "'DOCKER_REGISTRY_URL=http://" + registry.host() + "/v2/'",
                            build));

            jenkins.assertLogContains("has 2 registries: say which one", run(jenkins, job, Result.FAILURE, "", build));
            for (String refused : List.of("https://foreign.example.com", "https://index.docker.io/v1/", "::")) {
                WorkflowRun run = run(jenkins, job, Result.FAILURE, "'DOCKER_REGISTRY_URL=" + refused + "'", build);
                jenkins.assertLogContains("docker.withRegistry('" + refused + "')", run);
                jenkins.assertLogContains("may use no registry of this address", run);
                jenkins.assertLogNotContains("\tat ", run);
            }
            jenkins.assertLogContains(
                    "127.0.0.1:1",
                    run(
                            jenkins,
                            job,
                            Result.FAILURE,
                            "'DOCKER_REGISTRY_URL=http://" + registry.host() + "'",
                            "buildImage(image: 'shop/cart', registry: 'far')"));
        }
    }

    @Test
    void theBlockOfASonarQubeChoosesAmongTheTenantsAndNeverBringsOneOfItsOwn(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = job(jenkins, "127.0.0.1:1");
        String check = "checkQuality(projectKey: 'cart', maven: 'verify')";
        for (String refused : List.of("https://foreign.example.com", "http://127.0.0.1:2/evil", "not an address")) {
            WorkflowRun run = run(
                    jenkins, job, Result.FAILURE, "'SONAR_CONFIG_NAME=corp', 'SONAR_HOST_URL=" + refused + "'", check);
            jenkins.assertLogContains("withSonarQubeEnv('corp')", run);
            jenkins.assertLogContains("may use no SonarQube server at " + refused, run);
        }

        WorkflowRun built = run(jenkins, job, Result.SUCCESS, "", "echo 'x'");
        for (String[] expected : new String[][] {
            {"HTTP://127.0.0.1:2", null, "own"},
            {"http://127.0.0.1:3/", null, "second"},
            {"http://127.0.0.1:3/", "own", "own"}
        }) {
            CheckQualityStep step = new CheckQualityStep("cart");
            step.setServer(expected[1]);
            assertThat(QualityPermit.of(step, built, new Surroundings("corp", expected[0], null)).server)
                    .isEqualTo(expected[2]);
        }
    }
}
