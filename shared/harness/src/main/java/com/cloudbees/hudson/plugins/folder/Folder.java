package com.cloudbees.hudson.plugins.folder;

import hudson.Extension;
import hudson.model.ItemGroup;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import java.io.IOException;
import java.io.InputStream;
import jenkins.model.DirectlyModifiableTopLevelItemGroup;

/** A folder in which people make items. */
public class Folder extends AbstractFolder<TopLevelItem> implements DirectlyModifiableTopLevelItemGroup {
    public Folder(ItemGroup parent, String name) {
        super(parent, name);
    }

    /** Makes an item in the folder. */
    public <T extends TopLevelItem> T createProject(Class<T> type, String name) throws IOException {
        return type.cast(createProject(
                (TopLevelItemDescriptor) jenkins.model.Jenkins.get().getDescriptorOrDie(type), name));
    }

    public TopLevelItem createProject(TopLevelItemDescriptor type, String name) throws IOException {
        return createProject(type, name, true);
    }

    @Override
    public TopLevelItem createProject(TopLevelItemDescriptor type, String name, boolean notify) throws IOException {
        return store().create(type, name, notify);
    }

    @Override
    public TopLevelItem createProjectFromXML(String name, InputStream xml) throws IOException {
        return store().createFromXml(name, xml);
    }

    @Override
    public <T extends TopLevelItem> T copy(T src, String name) throws IOException {
        return store().copy(src, name);
    }

    @Override
    public boolean canAdd(TopLevelItem item) {
        return true;
    }

    @Override
    public <I extends TopLevelItem> I add(I item, String name) throws IOException {
        return store().add(item, name);
    }

    @Override
    public void remove(TopLevelItem item) throws IOException {
        store().remove(item);
    }

    @Override
    public DescriptorImpl getDescriptor() {
        return (DescriptorImpl) super.getDescriptor();
    }

    /** Its descriptor. */
    @Extension
    public static class DescriptorImpl extends AbstractFolderDescriptor {
        @Override
        public TopLevelItem newInstance(ItemGroup parent, String name) {
            return new Folder(parent, name);
        }
    }
}
