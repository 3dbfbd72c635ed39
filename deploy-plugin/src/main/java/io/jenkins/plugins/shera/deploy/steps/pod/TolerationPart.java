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

/** {@code toleration(key: 'gpu', effect: 'NoSchedule')}: nodes that are kept free for somebody, which these pods may use. */
public final class TolerationPart extends PodSettingPart {

    private final String key;
    private String value;
    private String effect;
    private int seconds;

    /** What it cannot do without. */
    @DataBoundConstructor
    public TolerationPart(String key) {
        this.key = key;
    }

    public String getKey() {
        return key;
    }

    public String getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(String value) {
        this.value = Util.fixEmptyAndTrim(value);
    }

    public String getEffect() {
        return effect;
    }

    @DataBoundSetter
    public void setEffect(String effect) {
        this.effect = Util.fixEmptyAndTrim(effect);
    }

    public int getSeconds() {
        return seconds;
    }

    @DataBoundSetter
    public void setSeconds(int seconds) {
        this.seconds = seconds;
    }

    @Override
    PodPart part() {
        Map<String, Object> values = new HashMap<>();
        values.put("key", key);
        values.put("value", value);
        values.put("effect", effect);
        values.put("seconds", seconds);
        return new PodPart("toleration", values);
    }

    @Extension
    @Symbol("toleration")
    public static final class DescriptorImpl extends Descriptor<PodSettingPart> {
        @Override
        public String getDisplayName() {
            return Messages.TolerationPart_displayName();
        }
    }
}
