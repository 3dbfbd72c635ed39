package io.jenkins.plugins.shera.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import io.jenkins.plugins.shera.platform.access.AuditLog;
import io.jenkins.plugins.shera.platform.audit.AuditQuery;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundSetter;

/** What is configured is kept, checked, and written down. */
@WithJenkins
class SheraConfigurationTest {

    @Test
    void readsBackAfterARestartWhatWasSet(JenkinsRule r) throws Throwable {
        Application checkout = new Application("payments", "checkout");
        Environment prod = new Environment("prod", "east", "pay");
        prod.setValues(List.of(new EnvironmentValue("LEVEL", "info")));
        prod.getPolicy().setRequirePromote(true);
        checkout.setEnvironments(List.of(prod));
        SheraConfiguration.get().setTenants(List.of(tenant()));
        SheraConfiguration.get().setApplications(List.of(checkout));

        r.restart();

        Tenant read = SheraConfiguration.get().tenant("payments");
        assertThat(read.owns("east", "pay")).isTrue();
        assertThat(read.getQuota().getCpu()).isEqualTo("4");
        Environment environment = SheraConfiguration.get()
                .application("payments", "checkout")
                .environment("prod")
                .orElseThrow();
        assertThat(environment.valueMap()).containsEntry("LEVEL", "info");
        assertThat(environment.getPolicy().isRequirePromote()).isTrue();
    }

    @Test
    void reportsADamagedFileAndKeepsItWhenItIsReplaced(JenkinsRule r) throws Exception {
        SheraConfiguration configuration = SheraConfiguration.get();
        configuration.setTenants(List.of(tenant()));
        Path file = configuration.root().resolve("tenants/payments/tenant.xml");
        Files.writeString(file, "<torn");

        configuration.load();

        assertThat(configuration.getTenants()).isEmpty();
        assertThat(configuration.damages()).extracting(Damage::file).containsExactly("tenants/payments/tenant.xml");
        configuration.setTenants(List.of(tenant()));
        assertThat(file.resolveSibling("tenant.xml.damaged")).hasContent("<torn");
    }

    @Test
    void refusesAChangeThatStartedFromAnOldVersion(JenkinsRule r) throws Exception {
        Store<Tenant> store = SheraConfiguration.get().tenantStore();
        long version = store.create(tenant()).getVersion();
        store.replace(tenant(), OptionalLong.of(version));

        assertThatThrownBy(() -> store.replace(tenant(), OptionalLong.of(version)))
                .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.kind()).isEqualTo(Refusal.Kind.CONFLICT))
                .hasMessage(
                        "Nothing was changed. payments: somebody changed it in the meantime (version 2 is stored, 1 was"
                                + " edited). Reload, look at what changed, and change it again.");
    }

    @Test
    void writesEveryChangeToTheAuditTrail(JenkinsRule r) throws Exception {
        SheraConfiguration.get().setTenants(List.of(tenant()));
        SheraConfiguration.get().setTenants(List.of(tenant()));
        SheraConfiguration.get().setTenants(List.of());

        assertThat(AuditLog.get()
                        .trail()
                        .search(AuditQuery.newest("payments", 10))
                        .entries())
                .extracting(entry -> entry.what() + " " + entry.who())
                .containsExactly("tenant.remove SYSTEM", "tenant.create SYSTEM");
    }

    @Test
    void letsOnlyAnAdministratorSetAnything(JenkinsRule r) {
        r.jenkins.setSecurityRealm(r.createDummySecurityRealm());
        r.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().toEveryone());
        try (ACLContext ignored = ACL.as2(User.getById("mallory", true).impersonate2())) {
            SheraConfiguration configuration = SheraConfiguration.get();
            for (Method setter : setters(SheraConfiguration.class).toList()) {
                assertThatThrownBy(() -> setter.invoke(configuration, List.of()))
                        .as(setter.getName())
                        .hasCauseInstanceOf(AccessDeniedException3.class);
            }
        }
    }

    /** Configuration as code sees what has a getter of the setter's type and name. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                SheraConfiguration.class,
                Tenant.class,
                Quota.class,
                Application.class,
                Environment.class,
                EnvironmentPolicy.class,
                TerminalPolicy.class,
                KubernetesCluster.class,
                ContainerRegistry.class
            })
    void givesBackEveryThingThatCanBeSet(Class<?> type) {
        assertThat(setters(type)).isNotEmpty().allSatisfy(setter -> {
            String name = setter.getName().substring(3);
            Class<?> parameter = setter.getParameterTypes()[0];
            Method getter = type.getMethod((parameter == boolean.class ? "is" : "get") + name);
            assertThat(getter.getGenericReturnType()).isEqualTo(setter.getGenericParameterTypes()[0]);
        });
    }

    private static Stream<Method> setters(Class<?> type) {
        return Stream.of(type.getMethods()).filter(method -> method.isAnnotationPresent(DataBoundSetter.class));
    }

    private static Tenant tenant() {
        Tenant tenant = new Tenant("payments");
        tenant.setClusters(List.of("east"));
        tenant.setNamespaces(List.of(new TenantNamespace("east", "pay")));
        Quota quota = new Quota();
        quota.setCpu("4");
        tenant.setQuota(quota);
        return tenant;
    }
}
