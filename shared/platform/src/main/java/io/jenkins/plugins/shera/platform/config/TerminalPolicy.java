package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Who gets into the containers of an environment, beyond the permission: which containers, whether builds do, and what they say first. */
public final class TerminalPolicy extends AbstractDescribableImpl<TerminalPolicy> {

    private boolean builds;
    private List<String> containers = new ArrayList<>();
    private boolean requireReason;
    private boolean requireApproval;
    private boolean record;

    /** People alone, every container. */
    @DataBoundConstructor
    public TerminalPolicy() {
        // every demand is optional
    }

    /** Whether a build that acts as SYSTEM may enter and package, by the right of its folder as it may deploy. */
    public boolean isBuilds() {
        return builds;
    }

    @DataBoundSetter
    public void setBuilds(boolean builds) {
        this.builds = builds;
    }

    /** Names of the containers that may be entered, {@code *} standing for any letters; empty for all. */
    public List<String> getContainers() {
        return containers == null ? List.of() : Collections.unmodifiableList(containers);
    }

    @DataBoundSetter
    public void setContainers(List<String> containers) {
        this.containers = new ArrayList<>(Util.fixNull(containers));
    }

    /** Whether a person must say why, before each stay. */
    public boolean isRequireReason() {
        return requireReason;
    }

    @DataBoundSetter
    public void setRequireReason(boolean requireReason) {
        this.requireReason = requireReason;
    }

    /** Whether a second person must agree to the reason that the first gave. */
    public boolean isRequireApproval() {
        return requireApproval;
    }

    @DataBoundSetter
    public void setRequireApproval(boolean requireApproval) {
        this.requireApproval = requireApproval;
    }

    /** Whether every session is recorded; what cannot be recorded is ended. */
    public boolean isRecord() {
        return record;
    }

    @DataBoundSetter
    public void setRecord(boolean record) {
        this.record = record;
    }

    /** Whether the list lets anybody into the container of this name. */
    public boolean allows(String container) {
        return getContainers().isEmpty()
                || getContainers().stream().anyMatch(each -> container.matches(each.replace("*", "[a-z0-9-]*")));
    }

    @Extension
    @Symbol("terminalPolicy")
    public static final class DescriptorImpl extends Descriptor<TerminalPolicy> {
        @Override
        public String getDisplayName() {
            return Messages.TerminalPolicy_displayName();
        }
    }
}
