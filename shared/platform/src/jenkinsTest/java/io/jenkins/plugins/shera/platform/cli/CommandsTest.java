package io.jenkins.plugins.shera.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommandInvoker;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The platform's commands, called as Jenkins' command line calls them. */
@WithJenkins
class CommandsTest {

    @Test
    void tellEachPersonWhatTheyMaySee(JenkinsRule rule) throws Exception {
        Folder pay = rule.createProject(Folder.class, "pay");
        Tenant payments = new Tenant("payments");
        payments.setFolder("pay");
        SheraConfiguration.get().setTenants(List.of(payments));
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("visitor"));

        CLICommandInvoker.Result seen = new CLICommandInvoker(rule, new ListTenantsCommand())
                .asUser("root")
                .invoke();
        CLICommandInvoker.Result hidden = new CLICommandInvoker(rule, new ListTenantsCommand())
                .asUser("visitor")
                .invoke();
        CLICommandInvoker.Result trail =
                new CLICommandInvoker(rule, new AuditCommand()).asUser("root").invoke();
        CLICommandInvoker.Result refused = new CLICommandInvoker(rule, new AuditCommand())
                .asUser("visitor")
                .invoke();

        assertThat(seen.returnCode()).isZero();
        assertThat(seen.stdout()).contains("payments");
        assertThat(hidden.stdout()).doesNotContain("payments");
        assertThat(trail.returnCode()).as(trail.stderr()).isZero();
        assertThat(trail.stdout()).contains("payments");
        assertThat(refused.stdout()).doesNotContain("payments");
    }
}
