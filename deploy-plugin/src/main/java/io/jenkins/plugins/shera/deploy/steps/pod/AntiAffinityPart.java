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

/** {@code antiAffinity(over: 'host', required: true)}: that no two pods of a revision share a host or a zone. */
public final class AntiAffinityPart extends PodSettingPart {

    private String over;
    private boolean required;

    /** With what is usual. */
    @DataBoundConstructor
    public AntiAffinityPart() {
        // the rest is set
    }

    public String getOver() {
        return over;
    }

    @DataBoundSetter
    public void setOver(String over) {
        this.over = Util.fixEmptyAndTrim(over);
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
        values.put("required", required);
        return new PodPart("antiAffinity", values);
    }

    @Extension
    @Symbol("antiAffinity")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.AntiAffinityPart_displayName();
        }
    }
}
