package io.jenkins.plugins.shera.deploy.pages.middleware;

import hudson.Extension;
import io.jenkins.plugins.shera.deploy.pages.place.PlacesTab;

/** The tab Middleware. */
@Extension
public class MiddlewareTab extends PlacesTab {

    /** Made by Jenkins. */
    public MiddlewareTab() {
        super("middleware", 25, Messages::MiddlewareTab_title, MiddlewarePage::new);
    }
}
