package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How a build that somebody stops, or that takes too long, ends; and a registry whose certificate nobody knows. */
@WithJenkins
class BuildImageEndTest {
    /** A Maven that says its number and goes on for good. */
    private static final String ENDLESS = "writeFile file: 'mvnw', text: '#!/bin/sh\\necho $$ > pid\\necho waiting"
            + "\\nwhile true; do sleep 1; done\\n'\nsh 'chmod +x mvnw'\n"
            + "writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY word /word'\nwriteFile file: 'word', text: 'word'\n";

    private static final String PLAIN =
            "writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY word /word'\nwriteFile file: 'word', text: 'word'\n";

    @TempDir
    Path folder;

    private static WorkflowJob job(JenkinsRule jenkins, ContainerRegistry registry, String script) throws Exception {
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        tenant.setRegistries(List.of("house"));
        SheraConfiguration.get().setRegistries(List.of(registry));
        SheraConfiguration.get().setTenants(List.of(tenant));
        WorkflowJob job = jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "build");
        job.setDefinition(new CpsFlowDefinition("node {\n" + script + "\n}", true));
        return job;
    }

    private static boolean runs(WorkflowJob job) throws Exception {
        String pid = Jenkins.get().getWorkspaceFor(job).child("pid").readToString();
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    private static boolean pushed(DockerRegistry registry) throws Exception {
        return new RegistryClient(registry.address(), RegistryCredentials.NONE)
                .repository("shop/cart")
                .resolve("1")
                .isPresent();
    }

    @Test
    void whoStopsABuildStopsItsMavenAndNothingIsPushed(JenkinsRule jenkins) throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            WorkflowJob job = job(
                    jenkins,
                    new ContainerRegistry("house", registry.host()),
                    ENDLESS + "buildImage(maven: 'package', image: 'shop/cart', tags: '1')");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("waiting", run);
            assertThat(runs(job)).isTrue();

            run.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            await().atMost(Duration.ofSeconds(60)).until(() -> !runs(job));
            assertThat(pushed(registry)).isFalse();
            assertThat(run.getAction(ImageAction.class)).isNull();
        }
    }

    @Test
    void aBuildThatTakesTooLongEndsAndSaysSo(JenkinsRule jenkins) throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            WorkflowJob job = job(
                    jenkins,
                    new ContainerRegistry("house", registry.host()),
                    ENDLESS + "buildImage(maven: 'package', image: 'shop/cart', tags: '1', timeout: 5)");

            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            jenkins.assertLogContains("The image shop/cart was not built within 5 seconds", run);
            await().atMost(Duration.ofSeconds(60)).until(() -> !runs(job));
            assertThat(pushed(registry)).isFalse();
        }
    }

    @Test
    void aRegistryIsTrustedByTheCertificateGivenForItAndByNoOther(JenkinsRule jenkins) throws Exception {
        try (DockerRegistry registry = DockerRegistry.withTls(folder)) {
            ContainerRegistry house = new ContainerRegistry("house", "https://" + registry.host());
            WorkflowJob job = job(
                    jenkins,
                    house,
                    PLAIN + "def built = buildImage(image: 'shop/cart', tags: '1')\necho \"built ${built.digest}\"");

            WorkflowRun untrusted = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("certificate", untrusted);
            jenkins.assertLogNotContains("\tat ", untrusted);

            ContainerRegistry trusted = new ContainerRegistry("house", registry.host());
            trusted.setCaCertificate(Files.readString(folder.resolve("server.pem")));
            SheraConfiguration.get().setRegistries(List.of(trusted));
            WorkflowRun run = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains(
                    "built " + run.getAction(ImageAction.class).getDigest(), run);
        }
    }
}
