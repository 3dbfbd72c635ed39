package io.jenkins.plugins.shera.platform.pages;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.shera.platform.access.SheraPermissions;
import jenkins.model.Jenkins;

/** A page of the suite: a shell whose script reads this object's {@code api/json}. Its view {@code index} is inherited. */
public abstract class SheraPage implements ModelObject {

    /** Which script draws it: the file {@code pages/<name>.js} of the plugin. */
    public abstract String getPageName();

    /** Its address without a trailing slash, beginning with the context path. */
    public abstract String getPageUrl();

    /** Short name of the plugin that brings the script. */
    public String getPlugin() {
        return "shera-platform";
    }

    /** Name of the style sheet at the root of the plugin. */
    public String getStylesheet() {
        return "shera.css";
    }

    /** The script's texts as JSON: those of the generated {@code Messages} beside the page, by {@link PageTexts#json}. */
    public String getTexts() {
        return PageTexts.json(Messages.class);
    }

    /** The address of the application a tab belongs to; empty on other pages. */
    public String getApplicationUrl() {
        return "";
    }

    /** The language of those texts. */
    public final String getLanguage() {
        return PageTexts.language().toLanguageTag();
    }

    /** Whether the caller may administer SheRa as a whole. */
    public final boolean isAdministrator() {
        return Jenkins.get().hasPermission(SheraPermissions.ADMINISTER);
    }

    /** The context path. */
    public final String getRootPath() {
        return Addresses.root();
    }

    /** The id of the open tab; empty on pages without tabs. */
    public String getTab() {
        return "";
    }

    /** Reads for programs. */
    public Api getApi() {
        return new Api(this);
    }
}
