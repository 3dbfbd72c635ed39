package io.jenkins.plugins.shera.build.projects;

import hudson.Extension;
import hudson.Util;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Makes a Pipeline job a project of SheRa, and says what starts it; what it builds stands in its script. */
public final class ProjectProperty extends JobProperty<WorkflowJob> {
    private String cron = "";
    private String poll = "";
    private ArrayList<String> upstream = new ArrayList<>();
    private String webhookCredentialsId = "";

    /** A project that nothing starts by itself. */
    @DataBoundConstructor
    public ProjectProperty() {
        // the rest is set one by one
    }

    /** When it is built by the clock; empty for never. */
    public String getCron() {
        return Util.fixNull(cron);
    }

    @DataBoundSetter
    public void setCron(String cron) {
        this.cron = Util.fixNull(cron).trim();
    }

    /** When git is asked for a new commit; empty for never. */
    public String getPoll() {
        return Util.fixNull(poll);
    }

    @DataBoundSetter
    public void setPoll(String poll) {
        this.poll = Util.fixNull(poll).trim();
    }

    /** Full names of the jobs after whose success it is built. */
    public List<String> getUpstream() {
        return List.copyOf(upstream);
    }

    @DataBoundSetter
    public void setUpstream(List<String> upstream) {
        this.upstream = upstream == null ? new ArrayList<>() : new ArrayList<>(upstream);
    }

    /** A secret text with which the git server signs its webhook; empty for no webhook. */
    public String getWebhookCredentialsId() {
        return Util.fixNull(webhookCredentialsId);
    }

    @DataBoundSetter
    public void setWebhookCredentialsId(String webhookCredentialsId) {
        this.webhookCredentialsId = Util.fixNull(webhookCredentialsId).trim();
    }

    /** Stays when somebody saves the job's own page, which has no fields for it. */
    public JobProperty<?> reconfigure(StaplerRequest2 request, JSONObject form) {
        return this;
    }

    /** Has no form: the project's page is the form. */
    @Extension
    @Symbol("sheraProject")
    public static final class DescriptorImpl extends JobPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.ProjectProperty_displayName();
        }
    }
}
