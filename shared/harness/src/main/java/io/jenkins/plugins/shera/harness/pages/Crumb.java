package io.jenkins.plugins.shera.harness.pages;

/** One step of the way from the root to the page. */
public final class Crumb {
    private final String name;
    private final String url;

    Crumb(String name, String url) {
        this.name = name;
        this.url = url;
    }

    public String getName() {
        return name;
    }

    public String getUrl() {
        return url;
    }
}
