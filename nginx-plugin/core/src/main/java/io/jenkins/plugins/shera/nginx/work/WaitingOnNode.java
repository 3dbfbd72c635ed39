package io.jenkins.plugins.shera.nginx.work;

import io.jenkins.plugins.shera.nginx.node.NginxInstallation;
import io.jenkins.plugins.shera.nginx.node.NginxNode;
import io.jenkins.plugins.shera.nginx.node.WaitingSite;
import io.jenkins.plugins.shera.nginx.site.SiteAllowance;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes files of people on a node without a reload, looks which of them wait there, or takes them away; answers what it left. */
public final class WaitingOnNode implements NodeWork<WaitingOnNode.State> {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> files;
    private final Act act;

    /** Null from a sender that had none. */
    private final SiteAllowance allowed;

    /** What a node has of a push that waits for its reload. */
    public enum State {
        /** Neither in force nor waiting. */
        ABSENT,
        /** Tested and written, not in force. */
        WAITING,
        /** In force. */
        LIVE,
        /** Something else waits there, or a hand changed what does. */
        OTHER
    }

    private enum Act {
        WRITE,
        LOOK,
        DROP
    }

    private WaitingOnNode(Map<String, String> files, Act act, SiteAllowance allowed) {
        this.files = new TreeMap<>(files);
        this.act = act;
        this.allowed = allowed;
    }

    /** Tests them and writes them beside what is in force. */
    public static WaitingOnNode write(Map<String, String> files, SiteAllowance allowed) {
        return new WaitingOnNode(files, Act.WRITE, allowed);
    }

    /** Only looks what the node has of these. */
    public static WaitingOnNode look(Map<String, String> files) {
        return new WaitingOnNode(files, Act.LOOK, null);
    }

    /** Takes away whatever waits, and looks what the node has of these. */
    public static WaitingOnNode drop(Map<String, String> files) {
        return new WaitingOnNode(files, Act.DROP, null);
    }

    @Override
    public State on(NginxInstallation installation) throws IOException, InterruptedException {
        WaitingSite waiting = new WaitingSite(installation);
        if (act == Act.WRITE) {
            waiting.write(files, SiteAllowance.orUsual(allowed));
        } else if (act == Act.DROP) {
            waiting.drop();
        }
        Optional<SortedMap<String, String>> found = waiting.files();
        if (found.isPresent()) {
            return found.get().equals(files) && waiting.changes().isEmpty() ? State.WAITING : State.OTHER;
        }
        NginxNode node = new NginxNode(installation);
        return node.siteGeneration() > 0 && node.siteFiles().equals(files) ? State.LIVE : State.ABSENT;
    }
}
