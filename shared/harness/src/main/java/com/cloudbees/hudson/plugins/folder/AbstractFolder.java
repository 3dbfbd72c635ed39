package com.cloudbees.hudson.plugins.folder;

import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.TopLevelItem;
import hudson.util.DescribableList;
import io.jenkins.plugins.shera.harness.items.ItemStore;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.security.access.AccessDeniedException;

/** An item with items in it. */
public abstract class AbstractFolder<I extends TopLevelItem> extends AbstractItem
        implements TopLevelItem, ItemGroup<I> {
    private DescribableList<AbstractFolderProperty<?>, AbstractFolderPropertyDescriptor> properties;
    private transient ItemStore store;

    protected AbstractFolder(ItemGroup parent, String name) {
        super(parent, name);
        init();
    }

    /** Prepares what is not saved. */
    protected void init() {
        if (properties == null) {
            properties = new DescribableList<>(this);
        } else {
            properties.setOwner(this);
        }
        for (AbstractFolderProperty<?> p : properties) {
            p.setOwnerUnchecked(this);
        }
    }

    final ItemStore store() {
        if (store == null) {
            store = new ItemStore(this, getJobsDir());
        }
        return store;
    }

    @Override
    public void onLoad(ItemGroup<? extends Item> parent, String name) throws IOException {
        super.onLoad(parent, name);
        init();
        store = null;
        store().load();
    }

    /** The folder of the folders of the items. */
    protected File getJobsDir() {
        return new File(getRootDir(), "jobs");
    }

    @Override
    public File getRootDirFor(I child) {
        return store().folder(child.getName());
    }

    @Override
    @SuppressWarnings("unchecked")
    public Collection<I> getItems() {
        return (Collection<I>) store().readable();
    }

    @Override
    @SuppressWarnings("unchecked")
    public I getItem(String name) throws AccessDeniedException {
        return (I) store().get(name);
    }

    /** Makes {@code /job/FOLDER/job/NAME} work. */
    public I getJob(String name) {
        return getItem(name);
    }

    @Override
    public String getUrlChildPrefix() {
        return "job";
    }

    @Override
    public Collection<? extends Job> getAllJobs() {
        List<Job> jobs = new ArrayList<>();
        for (TopLevelItem item : store().all()) {
            jobs.addAll(item.getAllJobs());
        }
        return jobs;
    }

    @Override
    public void onRenamed(I item, String oldName, String newName) throws IOException {
        store().renamed(item, oldName, newName);
    }

    @Override
    public void onDeleted(I item) throws IOException {
        store().deleted(item);
    }

    @Override
    protected void performDelete() throws IOException, InterruptedException {
        for (TopLevelItem item : store().all()) {
            item.delete();
        }
        store().clear();
        super.performDelete();
    }

    @Override
    public void renameTo(String newName) throws IOException {
        super.renameTo(newName);
        store = new ItemStore(this, getJobsDir());
        store.load();
    }

    @Override
    public boolean isNameEditable() {
        return true;
    }

    @Override
    public String getPronoun() {
        return "Folder";
    }

    /** What was added to the configuration of the folder. */
    public DescribableList<AbstractFolderProperty<?>, AbstractFolderPropertyDescriptor> getProperties() {
        return properties;
    }

    /** Adds to the configuration of the folder, and saves. */
    public void addProperty(AbstractFolderProperty<?> p) throws IOException {
        p.setOwnerUnchecked(this);
        properties.add(p);
    }

    public boolean isDisabled() {
        return false;
    }

    @Override
    public AbstractFolderDescriptor getDescriptor() {
        return (AbstractFolderDescriptor) jenkins.model.Jenkins.get().getDescriptorOrDie(getClass());
    }
}
