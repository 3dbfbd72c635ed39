package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.extension.RunningLink;
import io.jenkins.plugins.shera.platform.running.RunningState;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One application in one environment, as reads give it. */
@ExportedBean(defaultVisibility = 999)
public final class RunningRow {

    private final String application;
    private final String environment;
    private final RunningState state;
    private final String quality;
    private final List<RunningLink> links;

    RunningRow(String application, String environment, RunningState state, String quality, List<RunningLink> links) {
        this.application = application;
        this.environment = environment;
        this.state = state;
        this.quality = quality;
        this.links = List.copyOf(links);
    }

    @Exported
    public String getApplication() {
        return application;
    }

    @Exported
    public String getEnvironment() {
        return environment;
    }

    @Exported
    public String getState() {
        return state.word().text();
    }

    /** What keeps it from being healthy, empty when nothing does. */
    @Exported
    public String getWhy() {
        return state.why();
    }

    @Exported
    public String getImage() {
        return state.image();
    }

    /** The digest the image is pinned by, empty when it is only a tag. */
    @Exported
    public String getDigest() {
        return state.digest();
    }

    /** The newest word on the image's quality, empty when there is none. */
    @Exported
    public String getQuality() {
        return quality;
    }

    /** Pages elsewhere about it. */
    @Exported
    public List<RunningLink> getLinks() {
        return links;
    }

    @Exported
    public Integer getReady() {
        return state.ready();
    }

    @Exported
    public Integer getDesired() {
        return state.desired();
    }

    @Exported
    public Integer getRestarts() {
        return state.restarts();
    }
}
