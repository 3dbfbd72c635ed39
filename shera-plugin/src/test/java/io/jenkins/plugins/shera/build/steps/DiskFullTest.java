package io.jenkins.plugins.shera.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.shera.build.process.LocalPrograms;
import io.jenkins.plugins.shera.oci.server.DockerRegistry;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The agent's disk, a file system of four megabytes, is full while an image is packed. */
@WithJenkins
class DiskFullTest {
    @TempDir
    Path folder;

    private boolean run(String... command) throws Exception {
        return new LocalPrograms(folder).run(List.of(command), Map.of(), false).isGood();
    }

    @Test
    void isSaidAndLeavesNothingBehind(JenkinsRule jenkins) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
                "only root may mount a small file system");
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            Folder shop = jenkins.createProject(Folder.class, "shop");
            Tenant tenant = new Tenant("shop");
            tenant.setFolder("shop");
            tenant.setRegistries(List.of("house"));
            SheraConfiguration.get().setRegistries(List.of(new ContainerRegistry("house", registry.host())));
            SheraConfiguration.get().setTenants(List.of(tenant));
            WorkflowJob job = shop.createProject(WorkflowJob.class, "cart");
            job.setDefinition(new CpsFlowDefinition(
                    "node {\ndir('" + disk + "/work') {\n"
                            + "sh 'test -f big || head -c 3000000 /dev/urandom > big'\n"
                            + "writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY big /big'\n"
                            + "buildImage(image: 'cart', tags: '1')\n}\n}",
                    true));

            WorkflowRun full = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            jenkins.assertLogContains("The agent's disk is full", full);
            jenkins.assertLogContains("free space there", full);
            try (Stream<Path> left = Files.walk(disk)) {
                assertThat(left.filter(Files::isRegularFile)
                                .map(file -> file.getFileName().toString())
                                .toList())
                        .containsExactlyInAnyOrder("big", "Dockerfile");
            }
            assertThat(run("mount", "-o", "remount,size=20m", disk.toString())).isTrue();
            jenkins.buildAndAssertSuccess(job);
        } finally {
            run("umount", "--lazy", disk.toString());
        }
    }
}
