package io.jenkins.plugins.shera.build.pages;

import io.jenkins.plugins.shera.build.source.Commits;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The commits since an earlier build, for the page of the build and for programs. */
@ExportedBean(defaultVisibility = 999)
public final class CommitsView {
    private static final int SHORT = 12;
    private static final int TOP = 10;

    private final Commits commits;

    CommitsView(Commits commits) {
        this.commits = commits;
    }

    /** The number of the earlier build. */
    @Exported
    public int getBuild() {
        return commits.build();
    }

    /** The commit of the earlier build. */
    @Exported
    public String getBefore() {
        return commits.before();
    }

    /** {@code listed}, {@code apart}, {@code shallow}, {@code unknown} or {@code failed}. */
    @Exported
    public String getState() {
        return commits.state().name().toLowerCase(Locale.ROOT);
    }

    /** The newest first, at most 50. */
    @Exported
    public List<Line> getList() {
        return commits.list().stream().map(Line::new).toList();
    }

    /** How many there are beyond those listed. */
    @Exported
    public int getMore() {
        return commits.more();
    }

    /** What the list is of, for people. */
    public String getHeading() {
        return Messages.commits(String.valueOf(getBuild()));
    }

    /** What has to be said of the list; empty where it speaks for itself. */
    public String getNote() {
        String since = getBefore().substring(0, SHORT);
        return switch (commits.state()) {
            case LISTED -> commits.list().isEmpty() && getMore() == 0 ? Messages.commits_none() : "";
            case APART -> Messages.commits_apart(since);
            case SHALLOW -> Messages.commits_shallow(since);
            case UNKNOWN -> Messages.commits_unknown(since);
            case FAILED -> Messages.commits_failed(since);
        };
    }

    /** The newest ten. */
    public List<Line> getTop() {
        return getList().stream().limit(TOP).toList();
    }

    /** That there are more than the newest ten; empty where there are not. */
    public String getRest() {
        int rest = commits.list().size() - getTop().size() + getMore();
        return rest == 0 ? "" : Messages.commits_more(rest);
    }

    /** One commit. */
    @ExportedBean(defaultVisibility = 999)
    public static final class Line {
        private final Commits.Commit commit;

        Line(Commits.Commit commit) {
            this.commit = commit;
        }

        /** The first 12 digits. */
        @Exported
        public String getHash() {
            return commit.hash().substring(0, SHORT);
        }

        /** The first line of the message. */
        @Exported
        public String getSubject() {
            return commit.subject();
        }

        /** The author's name. */
        @Exported
        public String getAuthor() {
            return commit.author();
        }
    }
}
