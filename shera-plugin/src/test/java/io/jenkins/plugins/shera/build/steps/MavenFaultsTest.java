package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.pages.ImageAction;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
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

/** A Maven that lacks memory or room: the build says so, and no image and no tag comes of it. */
@WithJenkins
class MavenFaultsTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatTheAgentLacksAndLeavesNothingBehind(JenkinsRule jenkins) throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            Tenant tenant = new Tenant("shop");
            tenant.setFolder("shop");
            tenant.setRegistries(List.of("house"));
            SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
            SheraConfiguration.get().setTenants(List.of(tenant));
            WorkflowJob job = jenkins.createProject(Folder.class, "shop").createProject(WorkflowJob.class, "build");
            RegistryClient client = new RegistryClient(registry.address(), RegistryCredentials.NONE);

            refuses(jenkins, job, "kill -9 $$", "Maven ended with 137: the system killed it");
            refuses(
                    jenkins,
                    job,
                    "echo \"java.lang.OutOfMemoryError: Java heap space\" >&2; exit 1",
                    "Maven ended with 1: it ran out of memory. Give it more by -Xmx in MAVEN_OPTS");
            refuses(
                    jenkins,
                    job,
                    "dd if=/dev/zero of=/dev/full count=1 || exit 1",
                    "Maven ended with 1: the agent's disk is full.");
            refuses(jenkins, job, "exit 3", "Maven ended with 3: see its output above");
            assertThat(client.repository("shop/cart").resolve("1")).isEmpty();
        }
    }

    private static void refuses(JenkinsRule jenkins, WorkflowJob job, String maven, String message) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node {\nwriteFile file: 'mvnw', text: '''#!/bin/sh\n" + maven + "\n'''\nsh 'chmod +x mvnw'\n"
                        + "writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY mvnw /m'\n"
                        + "buildImage(maven: 'package', image: 'shop/cart', tags: '1')\n}",
                true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(message, run);
        jenkins.assertLogNotContains("\tat ", run);
        assertThat(run.getAction(ImageAction.class)).isNull();
    }
}
