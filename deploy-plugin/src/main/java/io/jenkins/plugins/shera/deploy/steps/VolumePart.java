package io.jenkins.plugins.shera.deploy.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.deploy.manifest.VolumeSpec;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code volume(name: 'data', mountPath: '/data', size: '10Gi', storageClass: 'ceph-rbd')}: what outlives the pods of an application. */
public final class VolumePart extends AbstractDescribableImpl<VolumePart> {

    private final String name;
    private final String mountPath;
    private String size;
    private String storageClass;
    private String accessMode;
    private String subPath;
    private String claim;
    private boolean readOnly;
    private boolean keep = true;
    private int group;

    /** Its name within the application, and where pods see it. */
    @DataBoundConstructor
    public VolumePart(String name, String mountPath) {
        this.name = name;
        this.mountPath = mountPath;
    }

    public String getName() {
        return name;
    }

    public String getMountPath() {
        return mountPath;
    }

    /** How large, for example {@code 10Gi}; null where claim names one that is there. */
    public String getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(String size) {
        this.size = Util.fixEmptyAndTrim(size);
    }

    /** Name of the StorageClass; null for the cluster's default. */
    public String getStorageClass() {
        return storageClass;
    }

    @DataBoundSetter
    public void setStorageClass(String storageClass) {
        this.storageClass = Util.fixEmptyAndTrim(storageClass);
    }

    /** One of Kubernetes' access modes; null for ReadWriteOnce. */
    public String getAccessMode() {
        return accessMode;
    }

    @DataBoundSetter
    public void setAccessMode(String accessMode) {
        this.accessMode = Util.fixEmptyAndTrim(accessMode);
    }

    /** Folder inside the volume; null for all of it. */
    public String getSubPath() {
        return subPath;
    }

    @DataBoundSetter
    public void setSubPath(String subPath) {
        this.subPath = Util.fixEmptyAndTrim(subPath);
    }

    /** Name of a claim that is there already; null for one of the application's own. */
    public String getClaim() {
        return claim;
    }

    @DataBoundSetter
    public void setClaim(String claim) {
        this.claim = Util.fixEmptyAndTrim(claim);
    }

    /** Whether pods only read it. */
    public boolean isReadOnly() {
        return readOnly;
    }

    @DataBoundSetter
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Whether it stays when the application goes. */
    public boolean isKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(boolean keep) {
        this.keep = keep;
    }

    /** Number of the group that may write to it; 0 leaves it as the driver makes it. */
    public int getGroup() {
        return group;
    }

    @DataBoundSetter
    public void setGroup(int group) {
        this.group = group;
    }

    VolumeSpec spec() {
        return VolumeSpec.of(name, mountPath)
                .claimed(size, storageClass)
                .claim(claim)
                .accessMode(accessMode)
                .mounted(subPath, readOnly)
                .kept(keep, group)
                .done();
    }

    @Extension
    @Symbol("volume")
    public static final class DescriptorImpl extends Descriptor<VolumePart> {
        @Override
        public String getDisplayName() {
            return Messages.VolumePart_displayName();
        }
    }
}
