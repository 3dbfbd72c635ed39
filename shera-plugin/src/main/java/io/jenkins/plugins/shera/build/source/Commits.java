package io.jenkins.plugins.shera.build.source;

import java.util.ArrayList;
import java.util.List;

/** The commits that came between an earlier build and this one, the newest first; kept with the record of the build. */
public final class Commits {
    private final int build;
    private final String before;
    private final State state;
    private final ArrayList<Commit> list;
    private final int more;

    Commits(int build, String before, State state, List<Commit> list, int more) {
        this.build = build;
        this.before = before;
        this.state = state;
        this.list = new ArrayList<>(list);
        this.more = more;
    }

    /** What the list is worth. */
    public enum State {
        /** All that came since. */
        LISTED,
        /** The earlier commit is not in this one's history; listed is what is in this one alone. */
        APART,
        /** The checkout holds a part of the history; listed is what is in that part. */
        SHALLOW,
        /** The earlier commit is not in the checkout; nothing is listed. */
        UNKNOWN,
        /** Git did not tell, or not in time; nothing is listed. */
        FAILED
    }

    /** The number of the earlier build. */
    public int build() {
        return build;
    }

    /** The full commit of the earlier build. */
    public String before() {
        return before;
    }

    /** What the list is worth. */
    public State state() {
        return state;
    }

    /** At most {@link CommitLog#MOST}. */
    public List<Commit> list() {
        return List.copyOf(list);
    }

    /** How many there are beyond those listed. */
    public int more() {
        return more;
    }

    /** One commit, its texts without control characters and cut; they are still anybody's words. */
    public static final class Commit {
        private final String hash;
        private final String subject;
        private final String author;

        Commit(String hash, String subject, String author) {
            this.hash = hash;
            this.subject = subject;
            this.author = author;
        }

        /** The full hash. */
        public String hash() {
            return hash;
        }

        /** The first line of its message. */
        public String subject() {
            return subject;
        }

        /** The author's name. */
        public String author() {
            return author;
        }
    }
}
