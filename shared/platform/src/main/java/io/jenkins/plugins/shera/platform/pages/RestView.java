package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.Messages;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The OpenAPI document as a page to read and search; what stands in it is the same for every reader. */
@ExportedBean
public final class RestView extends SheraPage {

    @Override
    public String getDisplayName() {
        return Messages.RestView_displayName();
    }

    @Override
    public String getPageName() {
        return "rest";
    }

    @Override
    public String getPageUrl() {
        return Addresses.console() + "/rest";
    }

    /** Where the document is, with the context path. */
    @Exported
    public String getDocument() {
        return Addresses.console() + "/openapi.json";
    }
}
