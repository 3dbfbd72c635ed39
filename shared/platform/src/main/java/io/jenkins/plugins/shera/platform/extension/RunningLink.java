package io.jenkins.plugins.shera.platform.extension;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A page elsewhere. */
@ExportedBean(defaultVisibility = 999)
public final class RunningLink {

    private final String title;
    private final String url;

    /** {@code title} is for people, {@code url} begins with http:// or https://. */
    public RunningLink(String title, String url) {
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            throw new IllegalArgumentException("'" + url + "' is no address of a page. Give one with http or https.");
        }
        this.title = title;
        this.url = url;
    }

    @Exported
    public String getTitle() {
        return title;
    }

    @Exported
    public String getUrl() {
        return url;
    }
}
