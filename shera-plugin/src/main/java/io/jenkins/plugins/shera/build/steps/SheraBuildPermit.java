package io.jenkins.plugins.shera.build.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.shera.build.maven.MavenCommand;
import io.jenkins.plugins.shera.build.template.TagTemplate;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Quoted;
import java.util.ArrayList;
import java.util.List;

/** Makes of the step's parameters an order that may be carried out, or says why not; talks to nobody. */
final class SheraBuildPermit {
    private static final int LONGEST_DOCKERFILE = 100_000;

    private SheraBuildPermit() {}

    static SheraBuildOrder of(SheraBuildStep step, Run<?, ?> run, Surroundings around) throws AbortException {
        try {
            QualityPermit.seconds("gateTimeout", step.getGateTimeout());
            if (step.getTags() != null) {
                TagTemplate.check(step.getTags());
            }
            if (step.getBaseImage() != null) {
                ImageReference.parse(step.getBaseImage());
            }
            if (step.getDockerfileText() != null
                    && (step.getDockerfileText().length() > LONGEST_DOCKERFILE || step.getDockerfile() != null)) {
                throw new IllegalArgumentException(
                        "dockerfileText is longer than 100,000 characters, or dockerfile is given too: give one of them.");
            }
            artifact(step);
            BuildOrder image = BuildPermit.of(image(step), run, around);
            MavenOrder maven = maven(step);
            return new SheraBuildOrder(
                    image,
                    maven,
                    quality(step, maven, run, around),
                    step.getArtifact(),
                    step.getBranch(),
                    step.getTags(),
                    new SheraBuildOrder.RecipeOrder(
                            step.getDockerfileText(), step.getBaseImage(), step.getDockerfile() != null));
        } catch (IllegalArgumentException e) {
            throw new AbortException("Cannot build " + Quoted.of(step.getImage()) + ". " + e.getMessage());
        }
    }

    private static void artifact(SheraBuildStep step) {
        if (step.getArtifact() == null) {
            return;
        }
        if (!step.getArtifact().matches("[0-9a-f]{64}/[A-Za-z0-9][A-Za-z0-9._+-]{0,150}\\.(jar|war)")) {
            throw new IllegalArgumentException(Quoted.of(step.getArtifact())
                    + " is no uploaded file: upload a jar or war, and take the id it answers.");
        }
        if (step.getGit() != null || step.getMaven() != null || step.getProjectKey() != null) {
            throw new IllegalArgumentException(
                    "An uploaded file has no source: leave out git, maven and projectKey, or artifact.");
        }
    }

    private static BuildImageStep image(SheraBuildStep step) {
        BuildImageStep image = new BuildImageStep(step.getImage());
        image.setGit(step.getGit());
        image.setBranch(step.getBranch());
        image.setCredentialsId(step.getCredentialsId());
        image.setDockerfile(step.getDockerfile());
        image.setContext(step.getContext());
        image.setRegistry(step.getRegistry());
        image.setTenant(step.getTenant());
        image.setBuildArgs(step.getBuildArgs());
        image.setDebugTools(step.getDebugTools());
        image.setBuilder(step.getBuilder());
        image.setTarget(step.getTarget());
        image.setPlatforms(step.getPlatforms());
        image.setLabels(step.getLabels());
        image.setSbom(step.isSbom());
        image.setTimeout(step.getTimeout());
        return image;
    }

    private static MavenOrder maven(SheraBuildStep step) {
        if (step.getMaven() == null) {
            if (step.getModules() != null || step.getJavaHome() != null || step.getMavenSettings() != null) {
                throw new IllegalArgumentException(
                        "modules, javaHome and mavenSettings mean nothing without maven: give maven too.");
            }
            return null;
        }
        MavenCommand command = MavenCommand.parse(step.getMaven());
        if (step.getModules() != null) {
            if (!step.getModules().matches("[A-Za-z0-9_.:/, -]+")
                    || step.getModules().startsWith("-")) {
                throw new IllegalArgumentException(
                        "modules are paths or artifact ids, by commas apart, as core,web: correct them.");
            }
            command = command.with(new ArrayList<>(
                    List.of("-pl", String.join(",", step.getModules().split("[,\\s]+")), "-am")));
        }
        return new MavenOrder(command, step.getJavaHome(), step.getMavenSettings());
    }

    private static QualityOrder quality(SheraBuildStep step, MavenOrder maven, Run<?, ?> run, Surroundings around)
            throws AbortException {
        if (step.getProjectKey() == null) {
            return null;
        }
        CheckQualityStep check = new CheckQualityStep(step.getProjectKey());
        check.setServer(step.getServer());
        check.setQualityGate(step.getQualityGate());
        check.setMaven(step.getMaven());
        check.setProperties(step.getProperties());
        check.setOnGateFailure(step.getOnGateFailure());
        check.setOnUnavailable(step.getOnUnavailable());
        check.setTenant(step.getTenant());
        QualityOrder order = QualityPermit.of(check, run, around);
        return new QualityOrder(
                order.tenant,
                order.actor,
                order.server,
                order.projectKey,
                order.gate,
                maven == null ? order.maven : maven,
                order.properties,
                order.onGateFailure,
                order.onUnavailable,
                step.getGateTimeout());
    }
}
