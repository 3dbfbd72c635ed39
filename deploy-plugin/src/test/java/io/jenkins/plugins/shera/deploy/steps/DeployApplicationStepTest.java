package io.jenkins.plugins.shera.deploy.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.deploy.TestCluster;
import io.jenkins.plugins.shera.kube.api.ObjectRef;
import io.jenkins.plugins.shera.kube.api.ResourceKind;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.EnvironmentPolicy;
import io.jenkins.plugins.shera.platform.config.Freeze;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantLogin;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds of a tenant's job against the cluster that KUBECONFIG names. */
@Tag("cluster")
class DeployApplicationStepTest {

    private static final String SLEEPER =
            "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: %d,"
                    + " timeout: %d, onInterrupt: '%s')";

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private TestCluster cluster;

    @BeforeEach
    void open() throws Exception {
        cluster = TestCluster.open();
    }

    @AfterEach
    void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "retail");
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            CredentialsProvider.lookupStores(jenkins.jenkins)
                    .iterator()
                    .next()
                    .addCredentials(
                            Domain.global(),
                            new FileCredentialsImpl(
                                    CredentialsScope.GLOBAL,
                                    "kube",
                                    "",
                                    "config",
                                    SecretBytes.fromBytes(cluster.kubeconfig().getBytes(StandardCharsets.UTF_8))));
            KubernetesCluster real = new KubernetesCluster("real");
            real.setTenantAccess(List.of(new TenantLogin("retail", "kube")));
            Tenant tenant = new Tenant("retail");
            tenant.setFolder("retail");
            tenant.setClusters(List.of("real"));
            tenant.setNamespaces(List.of(new TenantNamespace("real", cluster.namespace())));
            Application shop = new Application("retail", "shop");
            shop.setEnvironments(List.of(new Environment("dev", "real", cluster.namespace())));
            SheraConfiguration.get().setClusters(List.of(real));
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
        WorkflowJob job = folder.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private JsonNode live() throws Exception {
        return cluster.api().get(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop").path());
    }

    @Test
    void returnsWhatRuns() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(
                    jenkins,
                    "def d = " + SLEEPER.formatted(0, 60, "hold")
                            + "\necho \"${d.name} ${d.revision} ${d.cluster} ${d.image}\"");
            WorkflowRun run = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
            jenkins.assertLogContains("shop 1 real localhost/busybox:1", run);
            jenkins.assertLogContains("WARNING: the image is named by a tag, which can move.", run);
        });
    }

    private static void demand(String images, boolean warnOnly) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Application shop = SheraConfiguration.get().application("retail", "shop");
            EnvironmentPolicy policy = new EnvironmentPolicy();
            policy.setImages(images);
            policy.setWarnOnly(warnOnly);
            shop.getEnvironments().get(0).setPolicy(policy);
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    @Test
    void nothingBeginsWhileTheTenantIsFrozen() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job =
                    job(jenkins, "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0)");
            freeze("dev");
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains(
                    "Cannot deploy shop to dev. The tenant retail is frozen (year's end): no release may begin. Wait"
                            + " until it is over, or let somebody who may promote override this with a reason: the"
                            + " parameter override.",
                    run);
            job.setDefinition(new CpsFlowDefinition(
                    "canary(application: 'shop', image: 'localhost/busybox:1', template: '1-pod-first')", true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("is frozen (year's end)", run);
            assertThat(cluster.api().find(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop")))
                    .isEmpty();

            freeze("prod");
            job.setDefinition(new CpsFlowDefinition(
                    "deployApplication(application: 'shop', image: 'localhost/busybox:1', replicas: 0)", true));
            jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        });
    }

    private static void freeze(String environments) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Tenant retail = SheraConfiguration.get().tenant("retail");
            Freeze freeze = new Freeze("year's end");
            freeze.setEnvironments(environments);
            retail.setFreezes(List.of(freeze));
            SheraConfiguration.get().setTenants(List.of(retail));
        }
    }

    @Test
    void anImageNobodyVouchesForStaysOutsideUnlessThePolicyOnlyWarns() throws Throwable {
        String digest = "sha256:" + "a".repeat(64);
        String script = "deployApplication(application: 'shop', image: '%s', replicas: 0, timeout: 60%s)";
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, script.formatted("localhost/busybox@" + digest, ""));
            demand(EnvironmentPolicy.BUILT, false);
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("lets in only images built here", run);
            jenkins.assertLogContains(digest + " is unknown.", run);
            assertThat(cluster.api().find(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop")))
                    .isEmpty();

            job.setDefinition(new CpsFlowDefinition(
                    "canary(application: 'shop', image: 'localhost/busybox@" + digest + "', template: '1-pod-first')",
                    true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("lets in only images built here", run);
            job.setDefinition(new CpsFlowDefinition(
                    "canary(application: 'shop', image: 'localhost/busybox@" + digest
                            + "', template: '1-pod-first', override: 'at night')",
                    true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("SYSTEM", run);

            job.setDefinition(new CpsFlowDefinition(script.formatted("localhost/busybox:1", ""), true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("name it by digest", run);

            job.setDefinition(
                    new CpsFlowDefinition(script.formatted("localhost/busybox:1", ", override: 'at night'"), true));
            run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("SYSTEM", run);

            demand(EnvironmentPolicy.PASSED, true);
            job.setDefinition(new CpsFlowDefinition(script.formatted("localhost/busybox:1", ""), true));
            run = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
            jenkins.assertLogContains("WARNING: The environment dev lets in only images without debug tools", run);
        });
    }

    @Test
    void failsWithThePodsReasonAndNotWithAStackTrace() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, SLEEPER.formatted(1, 25, "hold"));
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("ended with exit code 0, restarted", run);
            jenkins.assertLogNotContains("\tat ", run);
        });
    }

    @Test
    void goesOnAfterARestartWithTheSameRevision() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job =
                    job(jenkins, "deployApplication(application: 'shop', image: 'localhost:1/absent:1', timeout: 20)");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("0 of 1 available", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("retail/release", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("localhost:1/absent:1", run);
            assertThat(live().path("metadata").path("generation").asInt()).isEqualTo(1);
        });
    }

    @Test
    void putsBackNothingWhenTheFirstDeploymentIsStopped() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(
                    jenkins,
                    "deployApplication(application: 'shop', image: 'localhost:1/absent:1', onInterrupt: 'abort')");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("0 of 1 available", run);
            run.getExecutor().interrupt();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("The application was not there before. Removed again: Deployment ", run);
            assertThat(cluster.api().find(new ObjectRef(ResourceKind.DEPLOYMENT, cluster.namespace(), "shop")))
                    .isEmpty();
        });
    }

    @Test
    void refusesWhatIsNotTheTenants() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job =
                    job(jenkins, "deployApplication(application: 'shop', image: 'a/b:1', tenant: 'somebody-else')");
            WorkflowRun run = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
            jenkins.assertLogContains("Cannot deploy shop. ", run);
            jenkins.assertLogContains("tenant somebody-else", run);
            jenkins.assertLogNotContains("\tat ", run);
        });
    }
}
