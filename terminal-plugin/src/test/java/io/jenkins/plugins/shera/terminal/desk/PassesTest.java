package io.jenkins.plugins.shera.terminal.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.config.KubernetesCluster;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.config.TenantNamespace;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Reasons and second persons before anybody gets into a container. */
class PassesTest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static void configure(JenkinsRule rule) throws Exception {
        rule.createProject(Folder.class, "retail");
        Tenant tenant = new Tenant("retail");
        tenant.setFolder("retail");
        tenant.setClusters(List.of("east"));
        tenant.setNamespaces(List.of(new TenantNamespace("east", "shop")));
        Application shop = new Application("retail", "shop");
        Environment prod = new Environment("prod", "east", "shop");
        prod.getPolicy().getTerminal().setRequireApproval(true);
        Environment staging = new Environment("staging", "east", "shop");
        staging.getPolicy().getTerminal().setRequireReason(true);
        shop.setEnvironments(List.of(prod, staging, new Environment("dev", "east", "shop")));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            SheraConfiguration.get().setClusters(List.of(new KubernetesCluster("east")));
            SheraConfiguration.get().setTenants(List.of(tenant));
            SheraConfiguration.get().setApplications(List.of(shop));
        }
    }

    private static void people(JenkinsRule rule) {
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, SheraPermissions.TERMINAL)
                .everywhere()
                .to("ada", "bob")
                .grant(Jenkins.READ, SheraPermissions.VIEW)
                .everywhere()
                .to("viewer"));
    }

    private static <T> T as(String user, Supplier<T> act) {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return act.get();
        }
    }

    private static Tenant tenant() {
        return SheraConfiguration.get().tenant("retail");
    }

    private static Application shop() {
        return SheraConfiguration.get().application("retail", "shop");
    }

    private static Environment environment(String name) {
        return shop().environment(name).orElseThrow();
    }

    private static Pass ask(String user, String environment, String reason) {
        return as(user, () -> Passes.get().ask(tenant(), shop(), environment(environment), reason));
    }

    private static boolean letIn(String user, String environment) {
        return Passes.get().isLetIn("retail", "shop", environment(environment), user);
    }

    @Test
    void aSecondPersonAgreesOnceForAWhileAndOverARestart() throws Throwable {
        sessions.then(rule -> {
            configure(rule);
            people(rule);
            assertThat(letIn("ada", "dev")).isTrue();
            assertThat(letIn("ada", "prod")).isFalse();
            assertThatThrownBy(() -> as(
                            "ada",
                            () -> Entry.ofCaller(
                                    "retail", "shop", "prod", "p", SheraPermissions.TERMINAL, "container.exec")))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("a second person");
            assertThatThrownBy(() -> ask("viewer", "prod", "just looking")).hasMessageContaining("Terminal");
            assertThatThrownBy(() -> ask("ada", "prod", "why")).hasMessageContaining("5 to 500");
            Pass pass = ask("ada", "prod", "INC-7: the till hangs");
            assertThat(letIn("ada", "prod")).isFalse();
            assertThatThrownBy(() -> as("ada", () -> Passes.get().approve(tenant(), shop(), pass.id())))
                    .hasMessageContaining("cannot be the second person");
            assertThatThrownBy(() -> as("viewer", () -> Passes.get().approve(tenant(), shop(), pass.id())))
                    .hasMessageContaining("Terminal");
            as("bob", () -> Passes.get().approve(tenant(), shop(), pass.id()));
            assertThat(letIn("ada", "prod")).isTrue();
            assertThat(letIn("bob", "prod")).as("agreeing lets nobody else in").isFalse();
            assertThat(letIn("ada", "staging")).as("another environment").isFalse();
        });
        sessions.then(rule -> {
            people(rule);
            assertThat(letIn("ada", "prod")).isTrue();
            Passes.get().at(Clock.offset(Clock.systemUTC(), Passes.STAY.plus(Duration.ofMinutes(1))));
            assertThat(letIn("ada", "prod")).isFalse();
            assertThat(AuditLog.get()
                            .trail()
                            .search(AuditQuery.newest("retail", 30))
                            .entries())
                    .extracting(entry -> entry.what() + " " + entry.who() + " " + entry.outcome())
                    .contains(
                            "terminal.ask ada DONE",
                            "terminal.approve ada REFUSED",
                            "terminal.approve bob DONE",
                            "container.exec ada REFUSED");
        });
    }

    @Test
    void aReasonIsEnoughWhereNobodyMustAgreeAndCanBeTakenBack() throws Throwable {
        sessions.then(rule -> {
            configure(rule);
            people(rule);
            Pass waiting = ask("bob", "prod", "never agreed to");
            Passes.get().at(Clock.offset(Clock.systemUTC(), Passes.WAIT.plus(Duration.ofMinutes(1))));
            assertThatThrownBy(() -> as("ada", () -> Passes.get().approve(tenant(), shop(), waiting.id())))
                    .as("too late")
                    .hasMessageContaining("no such pass");
            Pass pass = ask("ada", "staging", "load test of Friday");
            assertThat(letIn("ada", "staging")).isTrue();
            as("bob", () -> {
                Passes.get().withdraw(tenant(), shop(), pass.id());
                return null;
            });
            assertThat(letIn("ada", "staging")).isFalse();
            Path file = SheraConfiguration.get().root().resolve("passes.json");
            Files.writeString(file, "[{\"torn");
        });
        sessions.then(rule -> {
            people(rule);
            assertThat(Passes.get().of("retail", "shop")).isEmpty();
            assertThat(ask("ada", "staging", "after the damage").waiting()).isFalse();
        });
    }
}
