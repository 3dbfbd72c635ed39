package io.jenkins.plugins.shera.deploy.pages.storage;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;

/** The tab Storage. */
@Extension
public class StorageTab extends PlacesTab {

    /** Made by Jenkins. */
    public StorageTab() {
        super("storage", 24, Messages::StorageTab_title, StoragePage::new);
    }
}
