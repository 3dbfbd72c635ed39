package io.jenkins.plugins.shera.build.pages;

import io.jenkins.plugins.shera.build.projects.GitLook;
import io.jenkins.plugins.shera.build.steps.SonarSession;
import io.jenkins.plugins.shera.oci.registry.RegistryClient;
import io.jenkins.plugins.shera.oci.registry.RetryPolicy;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.time.Duration;

/**
 * Connection tests of a project, each within five seconds and with the credentials of the tenant's folder. SonarQube and registries are
 * named by id, so that only addresses an administrator has entered are asked; git is asked for its list of refs alone.
 */
final class PartTests {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final RetryPolicy ONCE =
            new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Thread::sleep);

    private final Tenant tenant;

    PartTests(Tenant tenant) {
        this.tenant = tenant;
    }

    private interface Question {
        String ask() throws IOException, InterruptedException;
    }

    String test(String kind, String git, String branch, String credentialsId, String server, String registry) {
        return switch (kind) {
            case "git" ->
                within(
                        "git",
                        () -> Messages.test_git(GitLook.commit(tenant, git, branch, credentialsId)
                                .substring(0, 12)));
            case "sonar" -> sonar(server);
            case "registry" -> registry(registry);
            default -> throw Refusal.input("kind", Messages.test_kind(), Messages.test_kind_next());
        };
    }

    private String sonar(String server) {
        SonarSession session = SonarSession.of(tenant.getId(), server.isEmpty() ? null : server);
        return within(
                "server",
                () -> Messages.test_sonar(session.client(Duration.ofSeconds(4)).ping()));
    }

    private String registry(String id) {
        String wanted = id.isEmpty() && tenant.getRegistries().size() == 1
                ? tenant.getRegistries().get(0)
                : id;
        ContainerRegistry registry = tenant.getRegistries().contains(wanted)
                ? SheraConfiguration.get().registry(wanted)
                : null;
        if (registry == null) {
            throw Refusal.unknown("registry", Messages.test_registry_unknown(), Messages.test_registry_unknown_next());
        }
        return within("registry", () -> {
            new RegistryClient(RegistryLogin.address(registry), RegistryLogin.ofTenant(registry, tenant), ONCE).ping();
            return Messages.test_registry();
        });
    }

    private static String within(String where, Question question) {
        return Schedules.get().within(LIMIT, where, () -> {
            try {
                return question.ask();
            } catch (IOException e) {
                throw unavailable(where, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable(where, Messages.test_interrupted());
            }
        });
    }

    private static Refusal unavailable(String where, String why) {
        return new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.test_failed(),
                where,
                String.valueOf(why),
                Messages.test_failed_next());
    }
}
