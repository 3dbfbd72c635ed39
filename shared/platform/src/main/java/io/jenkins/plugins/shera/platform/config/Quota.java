package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.platform.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Upper bounds as Kubernetes quantities; an empty one is no bound. */
public final class Quota extends AbstractDescribableImpl<Quota> {

    private String cpu;
    private String memory;
    private String pods;
    private String storage;

    /** No bounds. */
    @DataBoundConstructor
    public Quota() {
        // all bounds are optional
    }

    /** Cores. */
    public String getCpu() {
        return Util.fixNull(cpu);
    }

    @DataBoundSetter
    public void setCpu(String cpu) {
        this.cpu = cpu;
    }

    /** Bytes. */
    public String getMemory() {
        return Util.fixNull(memory);
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        this.memory = memory;
    }

    /** Number of pods. */
    public String getPods() {
        return Util.fixNull(pods);
    }

    @DataBoundSetter
    public void setPods(String pods) {
        this.pods = pods;
    }

    /** Bytes of persistent volumes. */
    public String getStorage() {
        return Util.fixNull(storage);
    }

    @DataBoundSetter
    public void setStorage(String storage) {
        this.storage = storage;
    }

    @Extension
    @Symbol("quota")
    public static final class DescriptorImpl extends Descriptor<Quota> {
        @Override
        public String getDisplayName() {
            return Messages.Quota_displayName();
        }
    }
}
