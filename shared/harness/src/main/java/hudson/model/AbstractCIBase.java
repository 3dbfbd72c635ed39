package hudson.model;

import hudson.security.AccessControlled;

/** The part of Jenkins that is a node. */
public abstract class AbstractCIBase extends Node
        implements ItemGroup<TopLevelItem>, AccessControlled, DescriptorByNameOwner {
    @Override
    public String getNodeName() {
        return "";
    }

    @Override
    public String getUrl() {
        return "";
    }

    /** What waits for an executor. */
    public abstract Queue getQueue();
}
