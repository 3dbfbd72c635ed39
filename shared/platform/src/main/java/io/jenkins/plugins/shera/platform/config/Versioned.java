package io.jenkins.plugins.shera.platform.config;

import hudson.model.AbstractDescribableImpl;

/** A thing the {@link Store} keeps. Instances handed out by the store are shared: change a copy, then save it. */
public abstract class Versioned<T extends Versioned<T>> extends AbstractDescribableImpl<T> {

    private long version;

    /** Grows by one with every save; 0 before the first. */
    public long getVersion() {
        return version;
    }

    void setStoredVersion(long version) {
        this.version = version;
    }

    /** Its name within the store; parts are separated by a slash. */
    abstract String storeKey();
}
