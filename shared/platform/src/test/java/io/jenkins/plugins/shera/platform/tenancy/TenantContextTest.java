package io.jenkins.plugins.shera.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** For whom a job may act. */
@WithJenkins
class TenantContextTest {

    private JenkinsRule r;

    @BeforeEach
    void twoTenants(JenkinsRule rule) throws Exception {
        r = rule;
        Folder pay = r.createProject(Folder.class, "pay");
        r.createProject(Folder.class, "risk");
        r.createProject(Folder.class, "payroll");
        Tenant payments = new Tenant("payments");
        payments.setFolder("pay");
        Tenant risk = new Tenant("risk");
        risk.setFolder("risk");
        risk.setGrantedJobs(List.of("pay/nightly"));
        SheraConfiguration.get().setTenants(List.of(payments, risk));
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(SheraPermissions.DEPLOY)
                .onFolders(pay)
                .to("ada")
                .grant(SheraPermissions.PROMOTE)
                .onFolders(pay)
                .to("petra"));
    }

    @Test
    void actsForTheTenantWhoseFolderContainsTheJob() {
        assertThat(asSystem("pay/checkout", null).tenant().getId()).isEqualTo("payments");
        assertThat(asSystem("pay/deep/checkout", "").tenant().getId()).isEqualTo("payments");
        assertThat(asSystem("pay/checkout", "payments").tenant().getId()).isEqualTo("payments");
    }

    @Test
    void refusesAJobOfOneTenantThatNamesAnother() {
        assertThatThrownBy(() -> asSystem("pay/checkout", "risk"))
                .hasMessage(
                        "Nothing was changed. tenant risk: job pay/checkout may not act for this tenant. Leave out the"
                                + " parameter tenant to act for the folder's own, or let an administrator add the job to the other"
                                + " tenant's granted jobs.");
    }

    @Test
    void tellsNobodyWhetherAnotherTenantExists() {
        assertThatThrownBy(() -> asSystem("pay/checkout", "nobody"))
                .hasMessageStartingWith(
                        "Nothing was changed. tenant nobody: job pay/checkout may not act for this tenant.");
    }

    @Test
    void actsForATenantThatGrantedTheJob() {
        assertThat(asSystem("pay/nightly", "risk").tenant().getId()).isEqualTo("risk");
    }

    @Test
    void refusesAJobInNoTenantsFolder() {
        assertThatThrownBy(() -> asSystem("payroll/checkout", null)).hasMessageContaining("lies in no tenant's folder");
        assertThatThrownBy(() -> asSystem("checkout", "payments")).hasMessageContaining("may not act for this tenant");
    }

    @Test
    void neverLetsSystemPromoteOpenATerminalPackageOrOverride() {
        for (var permission : List.of(SheraPermissions.PROMOTE, SheraPermissions.TERMINAL, SheraPermissions.PACKAGE)) {
            assertThatThrownBy(() -> TenantContext.forJob("pay/checkout", null, permission, ACL.SYSTEM2))
                    .hasMessageContaining("the build runs as SYSTEM, which never satisfies " + permission.name);
        }
        assertThatThrownBy(() -> asSystem("pay/checkout", null).checkOverride())
                .hasMessageContaining("the build runs as SYSTEM");
    }

    @Test
    void letsABuildAsSystemIntoContainersOnlyWhereThePolicySaysSo() {
        Environment dev = new Environment("dev", "east", "pay");
        assertThatThrownBy(() -> asSystem("pay/checkout", null).checkEntry(dev, SheraPermissions.TERMINAL))
                .hasMessageContaining("lets people into its containers and no builds");
        dev.getPolicy().getTerminal().setBuilds(true);
        asSystem("pay/checkout", null).checkEntry(dev, SheraPermissions.TERMINAL);
        assertThatThrownBy(() -> as("ada", SheraPermissions.DEPLOY).checkEntry(dev, SheraPermissions.TERMINAL))
                .hasMessageContaining("ada does not have the permission SheRa/Terminal");
    }

    @Test
    void asksTheTenantsFolderWhenABuildRunsAsAUser() {
        assertThat(as("ada", SheraPermissions.DEPLOY).actor()).isEqualTo("ada");
        assertThat(as("petra", SheraPermissions.PROMOTE).actor()).isEqualTo("petra");
        assertThatThrownBy(() -> as("ada", SheraPermissions.PROMOTE))
                .hasMessage(
                        "Nothing was changed. tenant payments: ada does not have the permission SheRa/Promote. Ask an"
                                + " administrator to grant SheRa/Promote on folder pay.");
        assertThatThrownBy(() ->
                        TenantContext.forJob("pay/nightly", "risk", SheraPermissions.DEPLOY, authentication("ada")))
                .hasMessageContaining("ada does not have the permission SheRa/Deploy");
    }

    @Test
    void followsItsFolderWhenThatIsRenamedAndLetsGoWhenItIsDeleted() throws Exception {
        Folder pay = (Folder) r.jenkins.getItem("pay");
        pay.renameTo("money");

        assertThat(asSystem("money/checkout", null).tenant().getId()).isEqualTo("payments");
        assertThat(SheraConfiguration.get().tenant("risk").getGrantedJobs()).containsExactly("money/nightly");

        pay.delete();
        r.createProject(Folder.class, "money");
        assertThatThrownBy(() -> asSystem("money/checkout", null)).hasMessageContaining("lies in no tenant's folder");
        assertThat(SheraConfiguration.get().tenant("payments").getFolder()).isEmpty();
    }

    private static TenantContext asSystem(String job, String tenant) {
        return TenantContext.forJob(job, tenant, SheraPermissions.DEPLOY, ACL.SYSTEM2);
    }

    private static TenantContext as(String user, hudson.security.Permission permission) {
        return TenantContext.forJob("pay/checkout", null, permission, authentication(user));
    }

    private static org.springframework.security.core.Authentication authentication(String user) {
        return User.getById(user, true).impersonate2();
    }
}
