package io.jenkins.plugins.shera.monitoring.steps;

import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.Serializable;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Writes what an application said into a file of the workspace:
 * {@code def logs = fetchLogs(application: 'shop', environment: 'prod', alert: 'threads', before: '5m', afterwards: '2m')}.
 */
public class FetchLogsStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String application;
    private final String environment;
    private String since = "";
    private String until = "";
    private String around = "";
    private String alert = "";
    private String before = "";
    private String afterwards = "";
    private String pod = "";
    private String containers = "";
    private String grep = "";
    private boolean regex;
    private boolean previous;
    private long limitBytes = FetchLogsExecution.USUAL_LIMIT;
    private String file = "";
    private String tenant;

    /** Both are names. */
    @DataBoundConstructor
    public FetchLogsStep(String application, String environment) {
        this.application = Util.fixNull(application).trim();
        this.environment = Util.fixNull(environment).trim();
    }

    public String getApplication() {
        return application;
    }

    public String getEnvironment() {
        return environment;
    }

    /** ISO 8601, or {@code 10m} for ten minutes ago; empty from as far back as there are lines. */
    public String getSince() {
        return since;
    }

    @DataBoundSetter
    public void setSince(String since) {
        this.since = Util.fixNull(since).trim();
    }

    /** The same; empty up to now. */
    public String getUntil() {
        return until;
    }

    @DataBoundSetter
    public void setUntil(String until) {
        this.until = Util.fixNull(until).trim();
    }

    /** A moment, in place of {@code since} and {@code until}. */
    public String getAround() {
        return around;
    }

    @DataBoundSetter
    public void setAround(String around) {
        this.around = Util.fixNull(around).trim();
    }

    /** Metric of a threshold: the moment is when its newest alert began. */
    public String getAlert() {
        return alert;
    }

    @DataBoundSetter
    public void setAlert(String alert) {
        this.alert = Util.fixNull(alert).trim();
    }

    /** How long before the moment, as {@code 30s} or {@code 5m}, which is usual. */
    public String getBefore() {
        return before;
    }

    @DataBoundSetter
    public void setBefore(String before) {
        this.before = Util.fixNull(before).trim();
    }

    /** How long after the moment; {@code 2m} is usual. */
    public String getAfterwards() {
        return afterwards;
    }

    @DataBoundSetter
    public void setAfterwards(String afterwards) {
        this.afterwards = Util.fixNull(afterwards).trim();
    }

    /** Name of one pod; empty for all. */
    public String getPod() {
        return pod;
    }

    @DataBoundSetter
    public void setPod(String pod) {
        this.pod = Util.fixNull(pod).trim();
    }

    /** Names of containers, separated by spaces; empty for all. */
    public String getContainers() {
        return containers;
    }

    @DataBoundSetter
    public void setContainers(String containers) {
        this.containers = Util.fixNull(containers).trim();
    }

    /** Only lines that hold this text, whatever its case; empty for all. */
    public String getGrep() {
        return grep;
    }

    @DataBoundSetter
    public void setGrep(String grep) {
        this.grep = Util.fixNull(grep);
    }

    /** Whether {@code grep} is an RE2 expression. */
    public boolean isRegex() {
        return regex;
    }

    @DataBoundSetter
    public void setRegex(boolean regex) {
        this.regex = regex;
    }

    /** Whether the run before the last restart is meant. */
    public boolean isPrevious() {
        return previous;
    }

    @DataBoundSetter
    public void setPrevious(boolean previous) {
        this.previous = previous;
    }

    /** The file gets no more bytes of lines. */
    public long getLimitBytes() {
        return limitBytes;
    }

    @DataBoundSetter
    public void setLimitBytes(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Path in the workspace; empty for {@code logs-<application>-<environment>.log}. */
    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = Util.fixNull(file).trim();
    }

    /** Id of the tenant to act for; null for the one whose folder holds the job. */
    public String getTenant() {
        return tenant;
    }

    @DataBoundSetter
    public void setTenant(String tenant) {
        this.tenant = Util.fixEmptyAndTrim(tenant);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new FetchLogsExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "fetchLogs";
        }

        @Override
        public String getDisplayName() {
            return Messages.FetchLogsStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }
    }
}
