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

/** {@code spread(over: 'zone', maxSkew: 1)}: how evenly the pods of a revision lie over hosts or zones. */
public final class SpreadPart extends PodSettingPart {

    private String over;
    private int maxSkew;
    private boolean required;

    /** With what is usual. */
    @DataBoundConstructor
    public SpreadPart() {
        // the rest is set
    }

    public String getOver() {
        return over;
    }

    @DataBoundSetter
    public void setOver(String over) {
        this.over = Util.fixEmptyAndTrim(over);
    }

    public int getMaxSkew() {
        return maxSkew;
    }

    @DataBoundSetter
    public void setMaxSkew(int maxSkew) {
        this.maxSkew = maxSkew;
    }

    public boolean isRequired() {
        return required;
    }

    @DataBoundSetter
    public void setRequired(boolean required) {
        this.required = required;
    }

    @Override
    PodPart part() {
        Map<String, Object> values = new HashMap<>();
        values.put("over", over);
        values.put("maxSkew", maxSkew);
        values.put("required", required);
        return new PodPart("spread", values);
    }

    @Extension
    @Symbol("spread")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.SpreadPart_displayName();
        }
    }
}
