package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One value of an environment. */
@ExportedBean(defaultVisibility = 999)
public final class EnvironmentValue extends AbstractDescribableImpl<EnvironmentValue> {

    private final String name;
    private final String value;

    /** {@code name} is fit for an environment variable. */
    @DataBoundConstructor
    public EnvironmentValue(String name, String value) {
        this.name = name;
        this.value = value;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getValue() {
        return Util.fixNull(value);
    }

    @Extension
    @Symbol("environmentValue")
    public static final class DescriptorImpl extends Descriptor<EnvironmentValue> {
        @Override
        public String getDisplayName() {
            return Messages.EnvironmentValue_displayName();
        }
    }
}
