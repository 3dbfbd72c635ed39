package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.config.Application;

/** The page of an {@link io.jenkins.plugins.shera.platform.extension.ApplicationTab}, drawn by its plugin's own script. */
public abstract class TabPage extends SheraPage {

    private final Application application;
    private final String id;

    /** {@code id} is the tab's. */
    protected TabPage(Application application, String id) {
        this.application = application;
        this.id = id;
    }

    @Override
    public final String getTab() {
        return id;
    }

    @Override
    public final String getApplicationUrl() {
        return Addresses.of(application);
    }

    @Override
    public final String getPageUrl() {
        return Addresses.of(application) + "/" + id;
    }

    @Override
    public String getPageName() {
        return id;
    }

    @Override
    public abstract String getPlugin();

    @Override
    public String getStylesheet() {
        return getPlugin() + ".css";
    }

    @Override
    public abstract String getTexts();
}
