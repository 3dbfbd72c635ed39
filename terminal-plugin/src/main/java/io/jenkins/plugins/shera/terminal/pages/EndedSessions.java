package io.jenkins.plugins.shera.terminal.pages;

import io.jenkins.plugins.shera.terminal.session.Target;
import io.jenkins.plugins.shera.terminal.session.TerminalSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Sessions that are over, for who comes back to one and wants to know why; the last ones alone. Usable from many threads. */
public final class EndedSessions {
    private static final int MOST = 500;
    private static final int MOST_TOLD = 20;

    private final Deque<Ended> last = new ArrayDeque<>();

    /** One of them. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Ended {
        private final String id;
        private final String owner;
        private final Target target;
        private final String why;

        Ended(TerminalSession session) {
            this.id = session.id();
            this.owner = session.owner();
            this.target = session.target();
            this.why = session.ending();
        }

        @Exported
        public String getId() {
            return id;
        }

        /** A word as {@code exit}, {@code idle}, {@code detached}, {@code total}, {@code right} or {@code killed}. */
        @Exported
        public String getWhy() {
            return why;
        }
    }

    /** Remembers one, and forgets the oldest. */
    synchronized void add(TerminalSession session) {
        last.addFirst(new Ended(session));
        if (last.size() > MOST) {
            last.removeLast();
        }
    }

    /** Those of a user in an application, the newest first. */
    synchronized List<Ended> of(String user, String tenant, String application) {
        List<Ended> found = new ArrayList<>();
        for (Ended each : last) {
            if (each.owner.equals(user)
                    && each.target.tenant().equals(tenant)
                    && each.target.application().equals(application)
                    && found.size() < MOST_TOLD) {
                found.add(each);
            }
        }
        return found;
    }

    /** What the log says of one: whose, where, and why it ended. */
    static String line(TerminalSession session) {
        Target target = session.target();
        return "terminal session " + session.id() + " of " + session.owner() + " in " + target.tenant() + "/"
                + target.application() + ", environment " + target.environment() + ", container " + target.pod() + "/"
                + target.container() + ", is over: " + session.ending();
    }
}
