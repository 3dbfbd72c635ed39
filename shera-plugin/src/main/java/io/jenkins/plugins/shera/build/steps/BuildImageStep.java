package io.jenkins.plugins.shera.build.steps;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * From source to an image in a registry; without a docker daemon, unless the Dockerfile needs one:
 * {@code built = buildImage(git: 'https://git.example.org/shop.git', maven: 'package', image: 'shop', registry: 'house')}.
 */
public class BuildImageStep extends Step {
    private final String image;
    private String git;
    private String branch;
    private String credentialsId;
    private String maven;
    private String dockerfile = DescriptorImpl.DOCKERFILE;
    private String context = DescriptorImpl.CONTEXT;
    private String tags;
    private String registry;
    private String tenant;
    private Map<String, String> buildArgs = new LinkedHashMap<>();
    private String debugTools;
    private String builder;
    private String target;
    private String platforms;
    private Map<String, String> labels = new LinkedHashMap<>();
    private boolean sbom = true;
    private int timeout = DescriptorImpl.TIMEOUT;

    /** The repository of the image, below its registry. */
    @DataBoundConstructor
    public BuildImageStep(String image) {
        this.image = image;
    }

    public String getImage() {
        return image;
    }

    /** Address of the source; null to build the workspace as it is. */
    public String getGit() {
        return git;
    }

    @DataBoundSetter
    public void setGit(String git) {
        this.git = Util.fixEmptyAndTrim(git);
    }

    /** Branch, tag or commit; null for the default branch. */
    public String getBranch() {
        return branch;
    }

    @DataBoundSetter
    public void setBranch(String branch) {
        this.branch = Util.fixEmptyAndTrim(branch);
    }

    /** Id of the credentials for git; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The Maven command to run before; null for none. */
    public String getMaven() {
        return maven;
    }

    @DataBoundSetter
    public void setMaven(String maven) {
        this.maven = Util.fixEmptyAndTrim(maven);
    }

    /** Path of the Dockerfile in the workspace. */
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(String dockerfile) {
        String path = Util.fixEmptyAndTrim(dockerfile);
        this.dockerfile = path == null ? DescriptorImpl.DOCKERFILE : path;
    }

    /** Path of the folder in the workspace that COPY copies from. */
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        String path = Util.fixEmptyAndTrim(context);
        this.context = path == null ? DescriptorImpl.CONTEXT : path;
    }

    /** Tags, by commas or blanks apart; null for the commit. */
    public String getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(String tags) {
        this.tags = Util.fixEmptyAndTrim(tags);
    }

    /** Id of the registry; null for that of {@code docker.withRegistry} around the step, or the tenant's only one. */
    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Values for the ARGs of the Dockerfile. */
    public Map<String, String> getBuildArgs() {
        return buildArgs;
    }

    /** Takes what Groovy makes of a map, so values may be numbers and texts with variables. */
    @DataBoundSetter
    public void setBuildArgs(Map<String, ?> buildArgs) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (buildArgs != null) {
            buildArgs.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        this.buildArgs = texts;
    }

    /** Tool bundles for a second image under {@code tag-debug}; null for none. */
    public String getDebugTools() {
        return debugTools;
    }

    @DataBoundSetter
    public void setDebugTools(String debugTools) {
        this.debugTools = Util.fixEmptyAndTrim(debugTools);
    }

    /** {@code daemonless}, {@code docker} or {@code buildah}; null for the first of them that can. */
    public String getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(String builder) {
        this.builder = Util.fixEmptyAndTrim(builder);
    }

    /** The stage of the Dockerfile to build; null for the last one. */
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    /** Platforms, by commas apart, as {@code linux/amd64}; null for the one of the agent. */
    public String getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(String platforms) {
        this.platforms = Util.fixEmptyAndTrim(platforms);
    }

    /** More labels of the image. */
    public Map<String, String> getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(Map<String, ?> labels) {
        this.labels = Texts.of(labels);
    }

    /** Whether an SBOM in CycloneDX is put beside the image. */
    public boolean isSbom() {
        return sbom;
    }

    @DataBoundSetter
    public void setSbom(boolean sbom) {
        this.sbom = sbom;
    }

    /** Seconds until the image must be in the registry. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    public StepExecution start(StepContext stepContext) throws Exception {
        return new BuildImageExecution(
                stepContext, BuildPermit.of(this, stepContext.get(Run.class), Surroundings.of(stepContext)));
    }

    /** Form and name of the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        /** The Dockerfile's usual path. */
        public static final String DOCKERFILE = "Dockerfile";
        /** The usual build context. */
        public static final String CONTEXT = ".";
        /** Seconds a build may take unless told otherwise. */
        public static final int TIMEOUT = 3600;

        @Override
        public String getFunctionName() {
            return "buildImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.BuildImageStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, EnvVars.class, TaskListener.class, FilePath.class, Launcher.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            Object image = namedArgs.get("image");
            return image instanceof String ? (String) image : null;
        }
    }
}
