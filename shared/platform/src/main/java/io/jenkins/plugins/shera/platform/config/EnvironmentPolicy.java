package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What an environment demands of whatever is deployed to it. */
public final class EnvironmentPolicy extends AbstractDescribableImpl<EnvironmentPolicy> {

    /** The levels of Kubernetes' Pod Security Standards, the strictest first. */
    static final java.util.List<String> POD_SECURITY = java.util.List.of("restricted", "baseline", "privileged");

    /** Whatever may be deployed. */
    public static final String ANY = "any";
    /** Only what this Jenkins built and no gate refused. */
    public static final String BUILT = "built";
    /** Only what passed its quality gate. */
    public static final String PASSED = "passed";

    /** The demands on images, the weakest first. */
    static final java.util.List<String> IMAGES = java.util.List.of(ANY, BUILT, PASSED);

    private boolean requirePromote;
    private boolean requireApproval;
    private String images = ANY;
    private boolean warnOnly;
    private String podSecurity = "baseline";
    private TerminalPolicy terminal = new TerminalPolicy();

    /** The default policy: Deploy is enough, pods keep to {@code baseline}. */
    @DataBoundConstructor
    public EnvironmentPolicy() {
        // both demands are optional
    }

    /** Whether a deployment needs the permission Promote, which a build as SYSTEM never has. */
    public boolean isRequirePromote() {
        return requirePromote;
    }

    @DataBoundSetter
    public void setRequirePromote(boolean requirePromote) {
        this.requirePromote = requirePromote;
    }

    /** Whether somebody other than who started a rollout must agree to its promotion. */
    public boolean isRequireApproval() {
        return requireApproval;
    }

    @DataBoundSetter
    public void setRequireApproval(boolean requireApproval) {
        this.requireApproval = requireApproval;
    }

    /** A level of the Pod Security Standards: {@code restricted}, {@code baseline} or {@code privileged}. */
    public String getPodSecurity() {
        return podSecurity;
    }

    @DataBoundSetter
    public void setPodSecurity(String podSecurity) {
        this.podSecurity = Util.fixEmptyAndTrim(podSecurity) == null ? "baseline" : podSecurity.trim();
    }

    /** Which images may be deployed: {@link #ANY}, {@link #BUILT} or {@link #PASSED}. */
    public String getImages() {
        return images == null ? ANY : images;
    }

    @DataBoundSetter
    public void setImages(String images) {
        this.images = Util.fixEmptyAndTrim(images) == null ? ANY : images.trim();
    }

    /** Whether an image that may not be deployed is only warned of. */
    public boolean isWarnOnly() {
        return warnOnly;
    }

    @DataBoundSetter
    public void setWarnOnly(boolean warnOnly) {
        this.warnOnly = warnOnly;
    }

    /** Who gets into containers. */
    public TerminalPolicy getTerminal() {
        return terminal == null ? new TerminalPolicy() : terminal;
    }

    @DataBoundSetter
    public void setTerminal(TerminalPolicy terminal) {
        this.terminal = terminal;
    }

    @Extension
    @Symbol("environmentPolicy")
    public static final class DescriptorImpl extends Descriptor<EnvironmentPolicy> {
        @Override
        public String getDisplayName() {
            return Messages.EnvironmentPolicy_displayName();
        }
    }
}
