package com.cloudbees.hudson.plugins.folder;

import hudson.ExtensionList;
import hudson.model.TopLevelItemDescriptor;
import java.util.List;

/** Descriptor of folders. */
public abstract class AbstractFolderDescriptor extends TopLevelItemDescriptor {
    @Override
    public String getDisplayName() {
        return "Folder";
    }

    /** What can be added to the configuration of such folders. */
    public List<AbstractFolderPropertyDescriptor> getPropertyDescriptors() {
        return ExtensionList.lookup(AbstractFolderPropertyDescriptor.class).stream()
                .filter(d -> d.isApplicable(clazz.asSubclass(AbstractFolder.class)))
                .toList();
    }
}
