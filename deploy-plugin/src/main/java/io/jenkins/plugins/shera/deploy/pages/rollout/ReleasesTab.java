package io.jenkins.plugins.shera.deploy.pages.rollout;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;

/** The tab Releases. */
@Extension
public class ReleasesTab extends PlacesTab {

    /** Made by Jenkins. */
    public ReleasesTab() {
        super("releases", 20, Messages::ReleasesTab_title, ReleasesPage::new);
    }
}
