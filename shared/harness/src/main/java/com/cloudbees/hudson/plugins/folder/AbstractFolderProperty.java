package com.cloudbees.hudson.plugins.folder;

import hudson.ExtensionPoint;
import hudson.model.AbstractDescribableImpl;
import hudson.model.ReconfigurableDescribable;

/** Adds to the configuration of a folder. */
public abstract class AbstractFolderProperty<C extends AbstractFolder<?>>
        extends AbstractDescribableImpl<AbstractFolderProperty<?>>
        implements ExtensionPoint, ReconfigurableDescribable<AbstractFolderProperty<?>> {
    protected transient C owner;

    protected void setOwner(C owner) {
        this.owner = owner;
    }

    @SuppressWarnings("unchecked")
    final void setOwnerUnchecked(AbstractFolder<?> folder) {
        setOwner((C) folder);
    }

    /** The folder. */
    public C getOwner() {
        return owner;
    }

    @Override
    public AbstractFolderPropertyDescriptor getDescriptor() {
        return (AbstractFolderPropertyDescriptor) jenkins.model.Jenkins.get().getDescriptorOrDie(getClass());
    }
}
