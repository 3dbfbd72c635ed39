package io.jenkins.plugins.shera.deploy.pages.apm;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;

/** The tab APM. */
@Extension
public class ApmTab extends PlacesTab {

    /** Made by Jenkins. */
    public ApmTab() {
        super("apm", 26, Messages::ApmTab_title, ApmPage::new);
    }
}
