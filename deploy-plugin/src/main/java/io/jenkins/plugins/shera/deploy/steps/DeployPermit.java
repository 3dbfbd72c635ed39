package io.jenkins.plugins.shera.deploy.steps;

import hudson.AbortException;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.shera.deploy.manifest.ApplicationSpec;
import io.jenkins.plugins.shera.deploy.manifest.Origin;
import io.jenkins.plugins.shera.deploy.manifest.Pacing;
import io.jenkins.plugins.shera.deploy.rollout.DeployRequest;
import io.jenkins.plugins.shera.deploy.steps.pod.PodSettingPart;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import io.jenkins.plugins.shera.platform.config.Application;
import io.jenkins.plugins.shera.platform.config.ContainerRegistry;
import io.jenkins.plugins.shera.platform.config.Environment;
import io.jenkins.plugins.shera.platform.connection.RegistryLogin;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.tenancy.TenantContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Makes of the step's parameters a request that may be carried out, or says why not. */
final class DeployPermit {

    private static final int LONGEST_TIMEOUT = 24 * 60 * 60;

    private final DeployRequest request;
    private final OnInterrupt onInterrupt;
    private final String override;
    private final String actor;

    /** Checks every parameter and the right of the build; talks to nobody. */
    DeployPermit(DeployApplicationStep step, Run<?, ?> run) throws AbortException {
        try {
            onInterrupt = OnInterrupt.parse(step.getOnInterrupt());
            TenantContext context = TenantContext.forRun(run, step.getTenant(), SheraPermissions.DEPLOY);
            Application application = context.application(step.getApplication());
            Environment environment = environment(context, application, step.getEnvironment());
            context.checkDeploy(environment);
            override = step.getOverride();
            if (override != null) {
                context.checkOverride();
            }
            context.cluster(environment.getCluster());
            Additions additions = Additions.of("thresholds", step.getThresholds());
            for (Permission needed : additions.permissions()) {
                TenantContext.forRun(run, step.getTenant(), needed);
            }
            actor = context.actor();
            Origin origin = new Origin(
                    context.tenant().getId(),
                    application.getName(),
                    environment.getName(),
                    UUID.randomUUID().toString(),
                    run.getExternalizableId());
            Optional<ContainerRegistry> registry = registry(context, step.getImage());
            Map<String, String> credentials = new LinkedHashMap<>(step.getSecrets());
            credentials.putAll(step.getSecretFiles());
            request = new DeployRequest(
                            spec(step, environment, run, registry),
                            origin,
                            environment.getCluster(),
                            environment.getNamespace(),
                            timeout(step.getTimeout()))
                    .with(credentials, registry.map(ContainerRegistry::getId).orElse(""))
                    .switching(step.getApm())
                    .adding(additions.settings());
        } catch (Refusal | IllegalArgumentException e) {
            throw new AbortException("Cannot deploy " + step.getApplication() + ". " + e.getMessage());
        }
    }

    static Environment environment(TenantContext context, Application application, String name) {
        if (name != null) {
            return context.environment(application, name);
        }
        List<Environment> all = application.getEnvironments();
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "The application has " + all.size() + " environments. Say which one by the parameter environment.");
        }
        return context.environment(application, all.get(0).getName());
    }

    /** The tenant's registry that the image lies in, if it wants a login. */
    private static Optional<ContainerRegistry> registry(TenantContext context, String image) {
        String host = ImageReference.parse(image).domain().orElse("docker.io");
        return context.tenant().getRegistries().stream()
                .map(context::registry)
                .filter(each -> RegistryLogin.address(each).serves(host))
                .filter(each -> !each.getCredentialsId().isEmpty())
                .findFirst();
    }

    private static ApplicationSpec spec(
            DeployApplicationStep step, Environment environment, Run<?, ?> run, Optional<ContainerRegistry> registry) {
        SecretReading reading = SecretReading.ofBuild(run);
        Set<String> variables = new TreeSet<>();
        step.getSecrets().forEach((name, id) -> variables.addAll(reading.variables(name, id)));
        step.getSecretFiles().values().forEach(reading::file);
        Map<String, String> env = new LinkedHashMap<>(environment.valueMap());
        env.putAll(step.getEnv());
        ImageReference image = ImageReference.parse(step.getImage());
        return ApplicationSpec.of(step.getApplication(), image.toString())
                .replicas(step.getReplicas())
                .port(step.getPort(), step.getProbePath())
                .ports(step.getPorts())
                .env(env)
                .resources(step.getCpu(), step.getMemory())
                .config(step.getConfigFiles(), variables, step.getSecretFiles().keySet())
                .pullSecret(registry.map(each -> "shera-pull-" + each.getId()).orElse(""))
                .volumes(step.getVolumes().stream().map(VolumePart::spec).toList())
                .bind(step.getBind())
                .pod(PodSettingPart.settings(step.getPod()))
                .pacing(new Pacing(step.getMaxSurge(), step.getMaxUnavailable(), step.getMinReadySeconds()))
                .done();
    }

    static int timeout(int seconds) {
        if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
            throw new IllegalArgumentException("'" + seconds
                    + "' cannot be the parameter timeout. Give seconds from 1 to " + LONGEST_TIMEOUT + ".");
        }
        return seconds;
    }

    DeployRequest request() {
        return request;
    }

    OnInterrupt onInterrupt() {
        return onInterrupt;
    }

    /** Why the environment's policy on images is overridden, by a build that may; null when it is not. */
    String override() {
        return override;
    }

    /** Id of the user in whose name the work goes on in the background. */
    String actor() {
        return actor;
    }
}
