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
 * Analyses the workspace with SonarQube and waits for the quality gate:
 * {@code verdict = checkQuality(projectKey: 'shop', maven: 'verify', onGateFailure: 'unstable')}.
 */
public class CheckQualityStep extends Step {
    private final String projectKey;
    private String server;
    private String qualityGate;
    private String maven;
    private Map<String, String> properties = new LinkedHashMap<>();
    private String onGateFailure = OnFailure.FAIL.text();
    private String onUnavailable = OnFailure.FAIL.text();
    private String tenant;
    private int timeout = DescriptorImpl.TIMEOUT;

    /** The project's key in SonarQube. */
    @DataBoundConstructor
    public CheckQualityStep(String projectKey) {
        this.projectKey = projectKey;
    }

    public String getProjectKey() {
        return projectKey;
    }

    /** Id of the SonarQube server; null for that of {@code withSonarQubeEnv} around the step, or the tenant's only one. */
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

    /** The Maven command in which the analysis runs; null for {@code verify}. */
    public String getMaven() {
        return maven;
    }

    @DataBoundSetter
    public void setMaven(String maven) {
        this.maven = Util.fixEmptyAndTrim(maven);
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

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    /** Seconds until there must be a word on the gate. */
    public int getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(int timeout) {
        this.timeout = timeout;
    }

    @Override
    public StepExecution start(StepContext stepContext) throws Exception {
        QualityOrder order = QualityPermit.of(this, stepContext.get(Run.class), Surroundings.of(stepContext));
        return new CheckQualityExecution(stepContext, order, timeout);
    }

    /** Form and name of the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        /** Seconds a check may take unless told otherwise. */
        public static final int TIMEOUT = 1800;

        @Override
        public String getFunctionName() {
            return "checkQuality";
        }

        @Override
        public String getDisplayName() {
            return Messages.CheckQualityStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, EnvVars.class, TaskListener.class, FilePath.class, Launcher.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            Object key = namedArgs.get("projectKey");
            return key instanceof String ? (String) key : null;
        }
    }
}
