package io.jenkins.plugins.shera.deploy.pages.history;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;

/** The tab History. */
@Extension
public class HistoryTab extends PlacesTab {

    /** Made by Jenkins. */
    public HistoryTab() {
        super("history", 21, Messages::HistoryTab_title, HistoryPage::new);
    }
}
