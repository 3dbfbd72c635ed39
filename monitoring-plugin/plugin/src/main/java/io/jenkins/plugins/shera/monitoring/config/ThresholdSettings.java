package io.jenkins.plugins.shera.monitoring.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import io.jenkins.plugins.shera.monitoring.thresholds.Metric;
import io.jenkins.plugins.shera.monitoring.thresholds.Threshold;
import io.jenkins.plugins.shera.platform.extension.DeploymentSetting;
import io.jenkins.plugins.shera.platform.input.Fields;
import io.jenkins.plugins.shera.platform.input.Refusal;
import java.io.Serializable;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A limit as people write it: {@code threshold(metric: 'threads', warning: '300', critical: '400', for: '5m')}. */
public class ThresholdSettings extends DeploymentSetting implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String metric;
    private String warning = "";
    private String critical = "";
    private String lasting = "";
    private boolean below;
    private boolean off;
    private String runbookUrl = "";

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

    /** Address of a page that says what to do about the alert, by http or https; empty for none. */
    public String getRunbookUrl() {
        return Util.fixNull(runbookUrl);
    }

    @DataBoundSetter
    public void setRunbookUrl(String runbookUrl) {
        this.runbookUrl = Util.fixNull(runbookUrl).trim();
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
                off,
                getRunbookUrl());
    }

    /** Those of a threshold, as people would write them. */
    public static ThresholdSettings of(Threshold threshold) {
        Metric.Unit unit = Metric.of(threshold.metric()).map(Metric::unit).orElse(Metric.Unit.COUNT);
        ThresholdSettings settings = new ThresholdSettings(threshold.metric());
        settings.setWarning(Figures.text(threshold.warning(), unit));
        settings.setCritical(Figures.text(threshold.critical(), unit));
        settings.setFor(Figures.text(threshold.lasting()));
        settings.setBelow(threshold.below());
        settings.setOff(threshold.off());
        settings.setRunbookUrl(threshold.runbook());
        return settings;
    }

    /** Those that REST says, which can be meant; a {@link Refusal} names the field that cannot. */
    public static ThresholdSettings checked(Fields fields) {
        ThresholdSettings settings = new ThresholdSettings(fields.text("metric"));
        settings.setWarning(fields.text("warning"));
        settings.setCritical(fields.text("critical"));
        settings.setFor(fields.text("for"));
        settings.setBelow(fields.flag("below"));
        settings.setOff(fields.flag("off"));
        settings.setRunbookUrl(fields.text("runbookUrl"));
        try {
            settings.read();
            return settings;
        } catch (InvalidThresholdException e) {
            throw Refusal.input(fields.where(e.field()), e.why(), e.next());
        }
    }

    @Override
    public JsonNode asRest() {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        return said.put("metric", metric)
                .put("warning", warning)
                .put("critical", critical)
                .put("for", lasting)
                .put("below", below)
                .put("off", off)
                .put("runbookUrl", getRunbookUrl());
    }

    @Extension
    @Symbol("threshold")
    public static final class DescriptorImpl extends Descriptor<DeploymentSetting> {
        @Override
        public String getDisplayName() {
            return Messages.ThresholdSettings_displayName();
        }
    }
}
