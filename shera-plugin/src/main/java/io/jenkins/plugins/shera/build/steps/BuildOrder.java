package io.jenkins.plugins.shera.build.steps;

import io.jenkins.plugins.shera.build.maven.MavenCommand;
import io.jenkins.plugins.shera.build.source.GitSource;
import io.jenkins.plugins.shera.build.tools.ToolBundle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is to be built, checked; saved with the build, so it holds ids and texts only. */
final class BuildOrder implements Serializable {
    private static final long serialVersionUID = 1L;

    final String tenant;
    final String registry;
    final String actor;
    final String image;
    final GitSource source;
    final String credentialsId;
    final MavenCommand maven;
    final String dockerfile;
    final String context;
    final ArrayList<String> tags;
    final TreeMap<String, String> buildArgs;
    final int timeoutSeconds;
    private final ArrayList<ToolBundle> tools;
    private final ImageOptions options;

    BuildOrder(
            BuildImageStep step,
            String image,
            List<String> tags,
            List<ToolBundle> tools,
            ImageOptions options,
            String tenant,
            String registry,
            String actor) {
        this.tenant = tenant;
        this.registry = registry;
        this.actor = actor;
        this.image = image;
        this.source = step.getGit() == null ? null : new GitSource(step.getGit(), step.getBranch());
        this.credentialsId = step.getCredentialsId();
        this.maven = step.getMaven() == null ? null : MavenCommand.parse(step.getMaven());
        this.dockerfile = step.getDockerfile();
        this.context = step.getContext();
        this.tags = new ArrayList<>(tags);
        this.buildArgs = new TreeMap<>(step.getBuildArgs());
        this.timeoutSeconds = step.getTimeout();
        this.tools = new ArrayList<>(tools);
        this.options = options;
    }

    private BuildOrder(BuildOrder other, String dockerfile) {
        this.tenant = other.tenant;
        this.registry = other.registry;
        this.actor = other.actor;
        this.image = other.image;
        this.source = other.source;
        this.credentialsId = other.credentialsId;
        this.maven = other.maven;
        this.dockerfile = dockerfile;
        this.context = other.context;
        this.tags = other.tags;
        this.buildArgs = other.buildArgs;
        this.timeoutSeconds = other.timeoutSeconds;
        this.tools = other.tools;
        this.options = other.options;
    }

    /** The tool bundles of the second image; empty when only one is to be made. */
    List<ToolBundle> tools() {
        return tools == null ? List.of() : tools;
    }

    /** Who builds, what of the Dockerfile, for which platforms. */
    ImageOptions options() {
        return options == null ? ImageOptions.NONE : options;
    }

    /** The same by another Dockerfile. */
    BuildOrder with(String otherDockerfile) {
        return new BuildOrder(this, otherDockerfile);
    }
}
