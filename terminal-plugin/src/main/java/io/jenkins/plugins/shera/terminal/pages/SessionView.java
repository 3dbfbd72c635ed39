package io.jenkins.plugins.shera.terminal.pages;

import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One session as the page and REST see it. */
@ExportedBean(defaultVisibility = 2)
public final class SessionView {

    private final TerminalSession session;
    private final boolean own;

    SessionView(TerminalSession session, boolean own) {
        this.session = session;
        this.own = own;
    }

    @Exported
    public String getId() {
        return session.id();
    }

    /** Id of the user it belongs to. */
    @Exported
    public String getOwner() {
        return session.owner();
    }

    /** Whether it is the caller's, who may then attach to it. */
    @Exported
    public boolean isOwn() {
        return own;
    }

    @Exported
    public String getEnvironment() {
        return session.target().environment();
    }

    @Exported
    public String getPod() {
        return session.target().pod();
    }

    @Exported
    public String getContainer() {
        return session.target().container();
    }

    /** When it began, ISO 8601. */
    @Exported
    public String getStarted() {
        return session.started().toString();
    }

    /** Whether others may watch it. */
    @Exported
    public boolean isShared() {
        return !session.link().isEmpty();
    }

    /** The word in the link by which others watch; the owner's alone, else empty. */
    @Exported
    public String getLink() {
        return own ? session.link() : "";
    }

    /** Ids of those who watch besides the owner. */
    @Exported
    public List<String> getWatchers() {
        return session.watchers();
    }

    /** Whether it is recorded. */
    @Exported
    public boolean isRecorded() {
        return session.isRecorded();
    }

    /** Whether somebody looks. */
    @Exported
    public boolean isWatched() {
        return session.isWatched();
    }
}
