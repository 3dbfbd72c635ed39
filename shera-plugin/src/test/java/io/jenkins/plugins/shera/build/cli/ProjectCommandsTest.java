package io.jenkins.plugins.shera.build.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommand;
import io.jenkins.plugins.shera.build.projects.ProjectProperty;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ProjectCommandsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String command, String... words) {
        said.reset();
        PrintStream to = new PrintStream(said, true, StandardCharsets.UTF_8);
        return CLICommand.clone(command)
                .main(List.of(words), Locale.ENGLISH, new ByteArrayInputStream(new byte[0]), to, to);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aProjectIsBuiltAndListed(JenkinsRule r) throws Exception {
        Folder shop = r.createProject(Folder.class, "shop");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        SheraConfiguration.get().setTenants(List.of(tenant));
        WorkflowJob job = shop.createProject(WorkflowJob.class, "cart");
        job.setDefinition(new CpsFlowDefinition("echo 'x'", true));
        job.addProperty(new ProjectProperty());

        assertThat(run("shera-build", "shop", "cart", "-w")).isZero();
        assertThat(said()).isEqualTo("#1\nSUCCESS\n");
        job.setDefinition(new CpsFlowDefinition("error 'no'", true));
        assertThat(run("shera-build", "shop", "cart", "-w")).isEqualTo(1);
        assertThat(run("shera-list-projects", "shop")).isZero();
        assertThat(said()).isEqualTo("cart\t#2\tFAILURE\t-\t-\n");
    }

    @Test
    void whatIsNotThereIsSaid(JenkinsRule r) throws Exception {
        assertThat(run("shera-list-projects", "none")).isNotZero();
        assertThat(said()).contains("There is no tenant none that you may see");
        Tenant tenant = new Tenant("shop");
        tenant.setFolder("shop");
        r.createProject(Folder.class, "shop");
        SheraConfiguration.get().setTenants(List.of(tenant));
        assertThat(run("shera-build", "shop", "cart")).isNotZero();
        assertThat(said()).contains("The tenant shop has no project cart that you may see");
    }
}
