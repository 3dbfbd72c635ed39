package io.jenkins.plugins.shera.deploy.steps.pod;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.pod.PodPart;
import java.util.HashMap;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code termination(graceSeconds: 60, sleepSeconds: 10)}: how long a pod may take to end, and what comes before it is told to. */
public final class TerminationPart extends PodSettingPart {

    private int graceSeconds;
    private int sleepSeconds;
    private String command;
    private String path;

    /** With what is usual. */
    @DataBoundConstructor
    public TerminationPart() {
        // the rest is set
    }

    public int getGraceSeconds() {
        return graceSeconds;
    }

    @DataBoundSetter
    public void setGraceSeconds(int graceSeconds) {
        this.graceSeconds = graceSeconds;
    }

    public int getSleepSeconds() {
        return sleepSeconds;
    }

    @DataBoundSetter
    public void setSleepSeconds(int sleepSeconds) {
        this.sleepSeconds = sleepSeconds;
    }

    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(String command) {
        this.command = Util.fixEmptyAndTrim(command);
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    @Override
    PodPart part() {
        Map<String, Object> values = new HashMap<>();
        values.put("graceSeconds", graceSeconds);
        values.put("sleepSeconds", sleepSeconds);
        values.put("command", command);
        values.put("path", path);
        return new PodPart("termination", values);
    }

    @Extension
    @Symbol("termination")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.TerminationPart_displayName();
        }
    }
}
