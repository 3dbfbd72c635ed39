package io.jenkins.plugins.shera.monitoring.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A limit as people write it: {@code threshold(metric: 'threads', warning: '300', critical: '400', for: '5m')}. */
public class ThresholdSettings extends AbstractDescribableImpl<ThresholdSettings> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String metric;
    private String warning = "";
    private String critical = "";
    private String lasting = "";
    private boolean below;
    private boolean off;

    /** {@code metric} is the id of a known metric, or the name of a series of the application's own. */
    @DataBoundConstructor
    public ThresholdSettings(String metric) {
        this.metric = Util.fixNull(metric).trim();
    }

    public String getMetric() {
        return metric;
    }

    /** Empty for no warning; otherwise a value as {@code 300}, {@code 400Mi}, {@code 500m} or {@code 5%}. */
    public String getWarning() {
        return warning;
    }

    @DataBoundSetter
    public void setWarning(String warning) {
        this.warning = Util.fixNull(warning).trim();
    }

    /** Empty for never critical. */
    public String getCritical() {
        return critical;
    }

    @DataBoundSetter
    public void setCritical(String critical) {
        this.critical = Util.fixNull(critical).trim();
    }

    /** How long the value must stay beyond before it counts, as {@code 5m}; empty for five minutes. */
    public String getFor() {
        return lasting;
    }

    @DataBoundSetter
    public void setFor(String duration) {
        this.lasting = Util.fixNull(duration).trim();
    }

    /** Whether small values are the bad ones. */
    public boolean isBelow() {
        return below;
    }

    @DataBoundSetter
    public void setBelow(boolean below) {
        this.below = below;
    }

    /** Whether what was inherited for this metric is taken away. */
    public boolean isOff() {
        return off;
    }

    @DataBoundSetter
    public void setOff(boolean off) {
        this.off = off;
    }

    /**
     * Reads the texts.
     *
     * @throws io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException when one of them cannot be meant
     */
    public Threshold read() {
        return new Threshold(
                metric,
                Figures.value("warning", warning),
                Figures.value("critical", critical),
                Figures.duration("for", lasting),
                below,
                off);
    }

    @Extension
    @Symbol("threshold")
    public static final class DescriptorImpl extends Descriptor<ThresholdSettings> {
        @Override
        public String getDisplayName() {
            return Messages.ThresholdSettings_displayName();
        }
    }
}
