package io.jenkins.plugins.shera.deploy.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.kohsuke.stapler.DataBoundConstructor;

/** One of the {@code configFiles} of a deployment, as a row of its form. */
public final class ConfigFilePart extends AbstractDescribableImpl<ConfigFilePart> {

    private final String path;
    private final String content;

    /** A row that is filled in. */
    @DataBoundConstructor
    public ConfigFilePart(String path, String content) {
        this.path = Util.fixNull(path).strip();
        // A browser ends lines in its own way.
        this.content = Util.fixNull(content).replace("\r\n", "\n");
    }

    /** Absolute path in the container. */
    public String getPath() {
        return path;
    }

    public String getContent() {
        return content;
    }

    /** Names the row. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<ConfigFilePart> {
        @Override
        public String getDisplayName() {
            return Messages.ConfigFilePart_displayName();
        }
    }
}
