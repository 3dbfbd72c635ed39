package io.jenkins.plugins.shera.platform.pages;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A tab the caller may open. */
@ExportedBean(defaultVisibility = 999)
public final class TabFacts {

    private final String id;
    private final String title;
    private final String icon;
    private final String url;

    TabFacts(String id, String title, String icon, String url) {
        this.id = id;
        this.title = title;
        this.icon = icon;
        this.url = url;
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getTitle() {
        return title;
    }

    @Exported
    public String getIcon() {
        return icon;
    }

    @Exported
    public String getUrl() {
        return url;
    }
}
