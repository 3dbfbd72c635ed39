package io.jenkins.plugins.shera.terminal.pages;

import io.jenkins.plugins.shera.terminal.recording.Facts;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One recording as the page and REST see it. */
@ExportedBean(defaultVisibility = 2)
public final class RecordingView {

    private final Facts facts;
    private final long bytes;
    private final boolean live;

    RecordingView(Facts facts, long bytes, boolean live) {
        this.facts = facts;
        this.bytes = bytes;
        this.live = live;
    }

    /** That of the session, too. */
    @Exported
    public String getId() {
        return facts.id();
    }

    /** Id of the user who worked in it. */
    @Exported
    public String getOwner() {
        return facts.owner();
    }

    @Exported
    public String getEnvironment() {
        return facts.target().environment();
    }

    @Exported
    public String getPod() {
        return facts.target().pod();
    }

    @Exported
    public String getContainer() {
        return facts.target().container();
    }

    /** When it began, ISO 8601. */
    @Exported
    public String getStarted() {
        return facts.started().toString();
    }

    /** Seconds it lasts; 0 while it goes on. */
    @Exported
    public double getSeconds() {
        return facts.seconds();
    }

    /** Of its events. */
    @Exported
    public long getBytes() {
        return bytes;
    }

    /** Whether its session goes on. */
    @Exported
    public boolean isLive() {
        return live;
    }

    /** The word for how it ended: {@code exit}, {@code killed}, {@code cut} and so on; empty while it goes on. */
    @Exported
    public String getHow() {
        return live ? "" : facts.isOpen() ? Facts.CUT : facts.how();
    }

    /** Of the shell; -1 when it is not known. */
    @Exported
    public int getExitCode() {
        return facts.exitCode();
    }

    /** At the beginning, in characters. */
    @Exported
    public int getColumns() {
        return facts.columns();
    }

    /** At the beginning, in characters. */
    @Exported
    public int getRows() {
        return facts.rows();
    }

    /** References of the images that were made of its container. */
    @Exported
    public List<String> getImages() {
        return facts.images();
    }
}
