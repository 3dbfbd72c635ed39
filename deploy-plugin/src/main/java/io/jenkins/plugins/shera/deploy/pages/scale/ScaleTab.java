package io.jenkins.plugins.shera.deploy.pages.scale;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;

/** The tab Scale. */
@Extension
public class ScaleTab extends PlacesTab {

    /** Made by Jenkins. */
    public ScaleTab() {
        super("scale", 22, Messages::ScaleTab_title, ScalePage::new);
    }
}
