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

/** {@code probe(kind: 'liveness', path: '/healthz')}: how the kubelet asks whether the program is ready, alive or started. */
public final class ProbePart extends PodSettingPart {

    private final String kind;
    private String by;
    private String path;
    private String scheme;
    private String command;
    private String service;
    private int port;
    private int initialDelaySeconds;
    private int periodSeconds;
    private int timeoutSeconds;
    private int failureThreshold;
    private int successThreshold;
    private int graceSeconds;

    /** What it cannot do without. */
    @DataBoundConstructor
    public ProbePart(String kind) {
        this.kind = kind;
    }

    public String getKind() {
        return kind;
    }

    public String getBy() {
        return by;
    }

    @DataBoundSetter
    public void setBy(String by) {
        this.by = Util.fixEmptyAndTrim(by);
    }

    public String getPath() {
        return path;
    }

    @DataBoundSetter
    public void setPath(String path) {
        this.path = Util.fixEmptyAndTrim(path);
    }

    public String getScheme() {
        return scheme;
    }

    @DataBoundSetter
    public void setScheme(String scheme) {
        this.scheme = Util.fixEmptyAndTrim(scheme);
    }

    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(String command) {
        this.command = Util.fixEmptyAndTrim(command);
    }

    public String getService() {
        return service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Util.fixEmptyAndTrim(service);
    }

    public int getPort() {
        return port;
    }

    @DataBoundSetter
    public void setPort(int port) {
        this.port = port;
    }

    public int getInitialDelaySeconds() {
        return initialDelaySeconds;
    }

    @DataBoundSetter
    public void setInitialDelaySeconds(int initialDelaySeconds) {
        this.initialDelaySeconds = initialDelaySeconds;
    }

    public int getPeriodSeconds() {
        return periodSeconds;
    }

    @DataBoundSetter
    public void setPeriodSeconds(int periodSeconds) {
        this.periodSeconds = periodSeconds;
    }

    public int getTimeoutSeconds() {
        return timeoutSeconds;
    }

    @DataBoundSetter
    public void setTimeoutSeconds(int timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
    }

    public int getFailureThreshold() {
        return failureThreshold;
    }

    @DataBoundSetter
    public void setFailureThreshold(int failureThreshold) {
        this.failureThreshold = failureThreshold;
    }

    public int getSuccessThreshold() {
        return successThreshold;
    }

    @DataBoundSetter
    public void setSuccessThreshold(int successThreshold) {
        this.successThreshold = successThreshold;
    }

    public int getGraceSeconds() {
        return graceSeconds;
    }

    @DataBoundSetter
    public void setGraceSeconds(int graceSeconds) {
        this.graceSeconds = graceSeconds;
    }

    @Override
    PodPart part() {
        Map<String, Object> values = new HashMap<>();
        values.put("kind", kind);
        values.put("by", by);
        values.put("path", path);
        values.put("scheme", scheme);
        values.put("command", command);
        values.put("service", service);
        values.put("port", port);
        values.put("initialDelaySeconds", initialDelaySeconds);
        values.put("periodSeconds", periodSeconds);
        values.put("timeoutSeconds", timeoutSeconds);
        values.put("failureThreshold", failureThreshold);
        values.put("successThreshold", successThreshold);
        values.put("graceSeconds", graceSeconds);
        return new PodPart("probe", values);
    }

    @Extension
    @Symbol("probe")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.ProbePart_displayName();
        }
    }
}
