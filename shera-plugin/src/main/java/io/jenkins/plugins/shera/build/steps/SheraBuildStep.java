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
 * The whole road in one call: git, Maven with SonarQube in it, the quality gate, the image with its quality label:
 * {@code built = sheraBuild(git: 'https://git.example.org/shop.git', maven: 'verify', projectKey: 'shop', image: 'shop')}.
 */
public class SheraBuildStep extends Step {
    private final String image;
    private String git;
    private String branch;
    private String credentialsId;
    private String artifact;
    private String maven;
    private String javaHome;
    private String mavenSettings;
    private String modules;
    private String server;
    private String qualityGate;
    private String projectKey;
    private Map<String, String> properties = new LinkedHashMap<>();
    private String onGateFailure = OnFailure.FAIL.text();
    private String onUnavailable = OnFailure.FAIL.text();
    private int gateTimeout = DescriptorImpl.GATE_TIMEOUT;
    private String dockerfile;
    private String dockerfileText;
    private String debugTools;
    private String builder;
    private String target;
    private String platforms;
    private Map<String, String> labels = new LinkedHashMap<>();
    private String baseImage;
    private String context = BuildImageStep.DescriptorImpl.CONTEXT;
    private Map<String, String> buildArgs = new LinkedHashMap<>();
    private String tags;
    private String registry;
    private String tenant;
    private boolean sbom = true;
    private int timeout = DescriptorImpl.TIMEOUT;

    /** The repository of the image, below its registry. */
    @DataBoundConstructor
    public SheraBuildStep(String image) {
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

    /** Id of an uploaded jar or war that takes the place of git and Maven; null for none. */
    public String getArtifact() {
        return artifact;
    }

    @DataBoundSetter
    public void setArtifact(String artifact) {
        this.artifact = Util.fixEmptyAndTrim(artifact);
    }

    /** The Maven command; null for none. */
    public String getMaven() {
        return maven;
    }

    @DataBoundSetter
    public void setMaven(String maven) {
        this.maven = Util.fixEmptyAndTrim(maven);
    }

    /** Path of the JDK on the agent; null for what the agent has. */
    public String getJavaHome() {
        return javaHome;
    }

    @DataBoundSetter
    public void setJavaHome(String javaHome) {
        this.javaHome = Util.fixEmptyAndTrim(javaHome);
    }

    /** Id of a secret file with Maven's settings; null for what the agent has. */
    public String getMavenSettings() {
        return mavenSettings;
    }

    @DataBoundSetter
    public void setMavenSettings(String mavenSettings) {
        this.mavenSettings = Util.fixEmptyAndTrim(mavenSettings);
    }

    /** The modules to build, with those they need; null for all. */
    public String getModules() {
        return modules;
    }

    @DataBoundSetter
    public void setModules(String modules) {
        this.modules = Util.fixEmptyAndTrim(modules);
    }

    /** Id of the SonarQube server; null when the tenant has only one. */
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixEmptyAndTrim(server);
    }

    /** Name of the quality gate that the project has to have in SonarQube; null for whichever it has. */
    public String getQualityGate() {
        return qualityGate;
    }

    @DataBoundSetter
    public void setQualityGate(String qualityGate) {
        this.qualityGate = Util.fixEmptyAndTrim(qualityGate);
    }

    /** The project's key in SonarQube; null for no check of quality. */
    public String getProjectKey() {
        return projectKey;
    }

    @DataBoundSetter
    public void setProjectKey(String projectKey) {
        this.projectKey = Util.fixEmptyAndTrim(projectKey);
    }

    /** More properties for the scanner. */
    public Map<String, String> getProperties() {
        return properties;
    }

    @DataBoundSetter
    public void setProperties(Map<String, ?> properties) {
        this.properties = Texts.of(properties);
    }

    /** What to do when the gate fails: {@code fail}, {@code unstable} or {@code continue}. */
    public String getOnGateFailure() {
        return onGateFailure;
    }

    @DataBoundSetter
    public void setOnGateFailure(String onGateFailure) {
        this.onGateFailure = onGateFailure;
    }

    /** What to do when SonarQube is down: {@code fail}, {@code unstable} or {@code continue}. */
    public String getOnUnavailable() {
        return onUnavailable;
    }

    @DataBoundSetter
    public void setOnUnavailable(String onUnavailable) {
        this.onUnavailable = onUnavailable;
    }

    /** Seconds to wait for the gate once the analysis was sent. */
    public int getGateTimeout() {
        return gateTimeout;
    }

    @DataBoundSetter
    public void setGateTimeout(int gateTimeout) {
        this.gateTimeout = gateTimeout;
    }

    /** Path of the Dockerfile in the workspace; null for {@code Dockerfile}, and a usual one where there is none. */
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(String dockerfile) {
        this.dockerfile = Util.fixEmptyAndTrim(dockerfile);
    }

    /** The Dockerfile itself; null for one of the source. */
    public String getDockerfileText() {
        return dockerfileText;
    }

    @DataBoundSetter
    public void setDockerfileText(String dockerfileText) {
        this.dockerfileText = Util.fixEmptyAndTrim(dockerfileText);
    }

    /** The base of the usual Dockerfile; null for a Java or Tomcat of Docker Hub. */
    public String getBaseImage() {
        return baseImage;
    }

    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmptyAndTrim(baseImage);
    }

    /** Path of the folder in the workspace that COPY copies from. */
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        String path = Util.fixEmptyAndTrim(context);
        this.context = path == null ? BuildImageStep.DescriptorImpl.CONTEXT : path;
    }

    /** Values for the ARGs of the Dockerfile. */
    public Map<String, String> getBuildArgs() {
        return buildArgs;
    }

    @DataBoundSetter
    public void setBuildArgs(Map<String, ?> buildArgs) {
        this.buildArgs = Texts.of(buildArgs);
    }

    /** Tags, by commas or blanks apart, with {@code ${branch} ${commit} ${build} ${version}}; null for the commit. */
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
        return new SheraBuildExecution(
                stepContext, SheraBuildPermit.of(this, stepContext.get(Run.class), Surroundings.of(stepContext)));
    }

    /** Form and name of the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        /** Seconds a build may take unless told otherwise. */
        public static final int TIMEOUT = 3600;
        /** Seconds to wait for the gate unless told otherwise. */
        public static final int GATE_TIMEOUT = 900;

        @Override
        public String getFunctionName() {
            return "sheraBuild";
        }

        @Override
        public String getDisplayName() {
            return Messages.SheraBuildStep_displayName();
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
