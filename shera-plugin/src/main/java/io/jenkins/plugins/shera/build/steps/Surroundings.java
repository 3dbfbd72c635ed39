package io.jenkins.plugins.shera.build.steps;

import hudson.EnvVars;
import hudson.Util;
import io.jenkins.plugins.shera.build.config.SonarConfiguration;
import io.jenkins.plugins.shera.build.config.SonarServer;
import io.jenkins.plugins.shera.build.sonar.SonarAddress;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.SheraConfiguration;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What the blocks of neighbouring plugins around a step have chosen: {@code withSonarQubeEnv} of SonarQube Scanner (SONAR_CONFIG_NAME
 * and SONAR_HOST_URL) and {@code docker.withRegistry} of Docker Pipeline (DOCKER_REGISTRY_URL). They choose among the servers that
 * the administrator set up for the tenant; an address or a token of theirs, which a Jenkinsfile can write, is never used.
 */
final class Surroundings {
    private final String sonarName;
    private final String sonarUrl;
    private final String registryUrl;

    Surroundings(String sonarName, String sonarUrl, String registryUrl) {
        this.sonarName = Util.fixEmptyAndTrim(sonarName);
        this.sonarUrl = Util.fixEmptyAndTrim(sonarUrl);
        this.registryUrl = Util.fixEmptyAndTrim(registryUrl);
    }

    static Surroundings of(StepContext context) throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        return new Surroundings(
                environment.get("SONAR_CONFIG_NAME"),
                environment.get("SONAR_HOST_URL"),
                environment.get("DOCKER_REGISTRY_URL"));
    }

    /** Id of the SonarQube server: the one given, else the block's, else null. */
    String server(String given, Tenant tenant) {
        if (given != null || sonarName == null || sonarUrl == null) {
            return given;
        }
        return SonarConfiguration.get().serversOf(tenant.getId()).stream()
                .filter(server -> SonarAddress.same(server.getUrl(), sonarUrl))
                .map(SonarServer::getId)
                .findFirst()
                .orElseThrow(() -> Refusal.unknown(
                        "withSonarQubeEnv('" + sonarName + "')",
                        Messages.Surroundings_sonar(sonarUrl, tenant.getId()),
                        Messages.Surroundings_sonar_next()));
    }

    /** Id of the registry: the one given, else the block's, else null. */
    String registry(String given, Tenant tenant) {
        if (given != null || registryUrl == null) {
            return given;
        }
        String host = host(registryUrl);
        return tenant.getRegistries().stream()
                .map(SheraConfiguration.get()::registry)
                .filter(Objects::nonNull)
                .filter(registry -> RegistryLogin.address(registry).serves(host))
                .map(ContainerRegistry::getId)
                .findFirst()
                .orElseThrow(() -> Refusal.unknown(
                        "docker.withRegistry('" + registryUrl + "')",
                        Messages.Surroundings_registry(tenant.getId()),
                        Messages.Surroundings_registry_next()));
    }

    /** Name and port of an address as Docker Pipeline takes it; Docker Hub's is {@code https://index.docker.io/v1/}. */
    private static String host(String url) {
        try {
            URI uri = URI.create(url);
            String authority =
                    uri.getHost() == null ? url : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            return authority.toLowerCase(Locale.ROOT).replaceFirst("^index\\.docker\\.io$", "docker.io");
        } catch (IllegalArgumentException e) {
            return url;
        }
    }
}
