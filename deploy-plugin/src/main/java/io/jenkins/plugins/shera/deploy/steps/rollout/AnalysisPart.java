package io.jenkins.plugins.shera.deploy.steps.rollout;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.analysis.AnalysisSpec;
import io.jenkins.plugins.shera.deploy.analysis.Bounds;
import io.jenkins.plugins.shera.deploy.canary.Durations;
import io.jenkins.plugins.shera.deploy.canary.PlanStep;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code analysis(metric: 'errorRate', max: 1)}: measures, and the rollout goes on only when the verdict is Successful. */
public final class AnalysisPart extends RolloutPart {

    private String metric;
    private String webHook;
    private String job;
    private String command;
    private String source;
    private Double min;
    private Double max;
    private Double failMin;
    private Double failMax;
    private boolean compareWithStable;
    private String interval = "60s";
    private int count = 5;
    private String window = "60s";
    private int failureLimit;
    private int inconclusiveLimit;
    private int consecutiveErrorLimit = 4;

    /** Give one of metric, webHook or job, and a bound. */
    @DataBoundConstructor
    public AnalysisPart() {
        // everything is named
    }

    public String getMetric() {
        return metric;
    }

    @DataBoundSetter
    public void setMetric(String metric) {
        this.metric = Util.fixEmptyAndTrim(metric);
    }

    public String getWebHook() {
        return webHook;
    }

    @DataBoundSetter
    public void setWebHook(String webHook) {
        this.webHook = Util.fixEmptyAndTrim(webHook);
    }

    public String getJob() {
        return job;
    }

    @DataBoundSetter
    public void setJob(String job) {
        this.job = Util.fixEmptyAndTrim(job);
    }

    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(String command) {
        this.command = Util.fixEmptyAndTrim(command);
    }

    public String getSource() {
        return source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        this.source = Util.fixEmptyAndTrim(source);
    }

    public Double getMin() {
        return min;
    }

    @DataBoundSetter
    public void setMin(Double min) {
        this.min = min;
    }

    public Double getMax() {
        return max;
    }

    @DataBoundSetter
    public void setMax(Double max) {
        this.max = max;
    }

    public Double getFailMin() {
        return failMin;
    }

    @DataBoundSetter
    public void setFailMin(Double failMin) {
        this.failMin = failMin;
    }

    public Double getFailMax() {
        return failMax;
    }

    @DataBoundSetter
    public void setFailMax(Double failMax) {
        this.failMax = failMax;
    }

    public boolean isCompareWithStable() {
        return compareWithStable;
    }

    @DataBoundSetter
    public void setCompareWithStable(boolean compareWithStable) {
        this.compareWithStable = compareWithStable;
    }

    public String getInterval() {
        return interval;
    }

    @DataBoundSetter
    public void setInterval(String interval) {
        this.interval = Util.fixEmptyAndTrim(interval) == null ? "60s" : interval.trim();
    }

    public int getCount() {
        return count;
    }

    @DataBoundSetter
    public void setCount(int count) {
        this.count = count;
    }

    public String getWindow() {
        return window;
    }

    @DataBoundSetter
    public void setWindow(String window) {
        this.window = Util.fixEmptyAndTrim(window) == null ? "60s" : window.trim();
    }

    public int getFailureLimit() {
        return failureLimit;
    }

    @DataBoundSetter
    public void setFailureLimit(int failureLimit) {
        this.failureLimit = failureLimit;
    }

    public int getInconclusiveLimit() {
        return inconclusiveLimit;
    }

    @DataBoundSetter
    public void setInconclusiveLimit(int inconclusiveLimit) {
        this.inconclusiveLimit = inconclusiveLimit;
    }

    public int getConsecutiveErrorLimit() {
        return consecutiveErrorLimit;
    }

    @DataBoundSetter
    public void setConsecutiveErrorLimit(int consecutiveErrorLimit) {
        this.consecutiveErrorLimit = consecutiveErrorLimit;
    }

    @Override
    PlanStep step() {
        if (Stream.of(metric, webHook, job).filter(each -> each != null).count() != 1) {
            throw new IllegalArgumentException("analysis: give one of metric, webHook or job.");
        }
        AnalysisSpec.Kind kind = metric != null
                ? AnalysisSpec.Kind.METRIC
                : webHook != null ? AnalysisSpec.Kind.WEB_HOOK : AnalysisSpec.Kind.JOB;
        boolean isJob = kind == AnalysisSpec.Kind.JOB;
        // A Job says by its end whether all is well.
        Double least = isJob && min == null && max == null ? Double.valueOf(1) : min;
        return new PlanStep.Analyse(new AnalysisSpec(
                kind,
                metric != null ? metric : webHook != null ? webHook : job,
                Util.fixNull(isJob ? command : source),
                new Bounds(least, max, failMin, failMax),
                compareWithStable,
                Durations.seconds("interval", interval),
                isJob && count == 5 ? 1 : count,
                Durations.seconds("window", window),
                failureLimit,
                inconclusiveLimit,
                consecutiveErrorLimit));
    }

    @Extension
    @Symbol("analysis")
    public static final class DescriptorImpl extends Descriptor<RolloutPart> {
        @Override
        public String getDisplayName() {
            return Messages.AnalysisPart_displayName();
        }
    }
}
