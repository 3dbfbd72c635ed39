package io.jenkins.plugins.shera.deploy.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The image that one version of a template runs. */
public class MiddlewareImage extends AbstractDescribableImpl<MiddlewareImage> {
    private final String template;
    private final String version;
    private final String image;

    /** {@code template} is mysql, redis or rabbitmq; {@code version} is what people name it by. */
    @DataBoundConstructor
    public MiddlewareImage(String template, String version, String image) {
        this.template = Util.fixNull(template).trim();
        this.version = Util.fixNull(version).trim();
        this.image = Util.fixNull(image).trim();
    }

    public String getTemplate() {
        return template;
    }

    public String getVersion() {
        return version;
    }

    public String getImage() {
        return image;
    }

    @Extension
    @Symbol("middlewareImage")
    public static final class DescriptorImpl extends Descriptor<MiddlewareImage> {
        @Override
        public String getDisplayName() {
            return Messages.MiddlewareImage_displayName();
        }
    }
}
