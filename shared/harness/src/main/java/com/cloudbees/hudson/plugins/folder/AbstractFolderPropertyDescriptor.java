package com.cloudbees.hudson.plugins.folder;

import hudson.model.Descriptor;
import io.jenkins.plugins.shera.harness.extension.TypeArguments;

/** Descriptor of an {@link AbstractFolderProperty}. */
public abstract class AbstractFolderPropertyDescriptor extends Descriptor<AbstractFolderProperty<?>> {
    /** Whether folders of the type can have the property. */
    public boolean isApplicable(Class<? extends AbstractFolder> containerType) {
        Class<?> accepted = TypeArguments.first(clazz, AbstractFolderProperty.class);
        return accepted == null || accepted.isAssignableFrom(containerType);
    }
}
