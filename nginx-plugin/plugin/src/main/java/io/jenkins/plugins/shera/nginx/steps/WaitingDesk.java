package io.jenkins.plugins.shera.nginx.steps;

import hudson.model.Run;
import io.jenkins.plugins.shera.nginx.config.NginxCluster;
import io.jenkins.plugins.shera.nginx.config.NginxNodeSettings;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.site.SiteNotes;
import io.jenkins.plugins.shera.nginx.work.SiteOnNode;
import io.jenkins.plugins.shera.nginx.work.WaitingOnNode;
import io.jenkins.plugins.shera.nginx.work.WaitingOnNode.State;
import io.jenkins.plugins.shera.platform.access.AuditLine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Pushes that are written on every node of a cluster now, and put in force later. The caller checked who may. */
public final class WaitingDesk {
    private final NginxCluster cluster;
    private final SiteNotes notes;

    /** Of this cluster. */
    public WaitingDesk(NginxCluster cluster) {
        this.cluster = cluster;
        this.notes = SiteDesk.notes(cluster.getId());
    }

    /**
     * Tests these files on every node and writes them beside what is in force, on all of them or on none.
     *
     * @param wanted with when to put them in force by itself
     * @throws SitePush.FailedException if another push waits, a node refused, or it was made from an old one
     */
    public void write(SiteNotes.Waiting wanted, Consumer<String> log) throws IOException, InterruptedException {
        SiteDesk.check(wanted.tenant(), wanted.files());
        SiteDesk.enter(cluster.getId());
        try {
            requireNone(cluster.getId());
            SiteDesk.requireNewest(cluster.getId(), wanted.base());
            AuditLine line = AuditLine.of("nginx.write", cluster.getId()).tenant(wanted.tenant());
            List<NginxNodeSettings> written = new ArrayList<>();
            for (NginxNodeSettings node : cluster.getNodes()) {
                try {
                    NodeAccess.channel(node)
                            .call(WaitingOnNode.write(wanted.files(), SiteDesk.allowance(wanted.tenant())));
                    written.add(node);
                    log.accept(Messages.WaitingDesk_written(name(node)));
                } catch (IOException e) {
                    String why = Messages.WaitingDesk_refused(name(node), cluster.getId(), e.getMessage())
                            + dropped(written, wanted.files());
                    line.failed(why);
                    throw new SitePush.FailedException(why, e);
                }
            }
            notes.keep(wanted);
            line.done();
        } finally {
            SiteDesk.leave(cluster.getId());
        }
    }

    /** Refuses to go past a push that waits. */
    static void requireNone(String cluster) throws IOException {
        var waiting = SiteDesk.notes(cluster).waiting();
        if (waiting.isPresent()) {
            throw new SitePush.FailedException(
                    Messages.WaitingDesk_waits(cluster, waiting.get().who()), null);
        }
    }

    /** The push that waits. */
    SiteNotes.Waiting waiting() throws IOException {
        return notes.waiting()
                .orElseThrow(() -> new SitePush.FailedException(Messages.WaitingDesk_none(cluster.getId()), null));
    }

    /**
     * Puts the push that waits in force: on one node first, then on the rest, all as before when one refuses; or on one node alone.
     *
     * @param node by its name; empty for all
     */
    public void reload(String node, Consumer<String> log) throws IOException, InterruptedException {
        SiteDesk.enter(cluster.getId());
        try {
            SiteNotes.Waiting waiting = waiting();
            AuditLine line = AuditLine.of("nginx.reload", cluster.getId() + (node.isEmpty() ? "" : "/" + node))
                    .tenant(waiting.tenant());
            try {
                requireReady(waiting);
                if (node.isEmpty()) {
                    SitePush push =
                            new SitePush(waiting.tenant(), waiting.files(), "", Integer.MAX_VALUE, 0, ErrorWatch.off());
                    boolean done = false;
                    while (!done) {
                        done = push.act(cluster, log);
                    }
                    finish(waiting, null);
                } else {
                    one(waiting, node, log);
                }
            } catch (IOException e) {
                line.failed(e.getMessage());
                throw e;
            }
            line.done();
        } finally {
            SiteDesk.leave(cluster.getId());
        }
    }

    private void one(SiteNotes.Waiting waiting, String name, Consumer<String> log)
            throws IOException, InterruptedException {
        NginxNodeSettings node = SiteDesk.node(cluster, name);
        try {
            NodeAccess.channel(node).call(SiteOnNode.put(waiting.files(), "", SiteDesk.allowance(waiting.tenant())));
            NodeAccess.channel(node).call(WaitingOnNode.drop(waiting.files()));
        } catch (IOException e) {
            throw new SitePush.FailedException(Messages.SitePush_refused(name, cluster.getId(), e.getMessage()), e);
        }
        log.accept(Messages.SitePush_serves(name));
        if (states(waiting).values().stream().allMatch(told -> told.state() == State.LIVE)) {
            finish(waiting, null);
        }
    }

    /** Refuses when the nodes do not have what was written there, before anything is changed. */
    void requireReady(SiteNotes.Waiting waiting) throws IOException, InterruptedException {
        SiteDesk.requireNewest(cluster.getId(), waiting.base());
        for (Map.Entry<String, Told> one : states(waiting).entrySet()) {
            State state = one.getValue().state();
            if (state != State.WAITING && state != State.LIVE) {
                throw new SitePush.FailedException(
                        Messages.WaitingDesk_lost(
                                one.getKey(), cluster.getId(), one.getValue().error()),
                        null);
            }
        }
    }

    /** A node's answer; null for the state where there was none, with the reason. */
    private record Told(State state, String error) {}

    /** What each node has of it, by name. */
    private SortedMap<String, Told> states(SiteNotes.Waiting waiting) throws InterruptedException {
        SortedMap<String, Told> states = new TreeMap<>();
        List<String> names = NodeAccess.names(cluster.getNodes());
        for (int i = 0; i < names.size(); i++) {
            Told told;
            try {
                told = new Told(
                        NodeAccess.channel(cluster.getNodes().get(i)).call(WaitingOnNode.look(waiting.files())), "");
            } catch (IOException e) {
                told = new Told(null, String.valueOf(e.getMessage()));
            }
            states.put(names.get(i), told);
        }
        return states;
    }

    /** Every node serves it: it is a push as any other from now on. */
    void finish(SiteNotes.Waiting waiting, Run<?, ?> run) throws IOException, InterruptedException {
        dropped(cluster.getNodes(), waiting.files());
        SiteDesk.done(
                cluster.getId(), waiting.tenant(), waiting.base(), waiting.files(), waiting.who(), waiting.why(), run);
        notes.forgetWaiting();
        notes.keepBehind(Map.of());
    }

    /** Throws away what waits, also what only the nodes know of; nodes that were reloaded alone get back what every node is to have. */
    public void drop(String tenant) throws IOException, InterruptedException {
        SiteDesk.enter(cluster.getId());
        try {
            SortedMap<String, String> files =
                    notes.waiting().map(SiteNotes.Waiting::files).orElse(null);
            SortedMap<String, String> intended =
                    SiteDesk.intended(cluster.getId()).orElse(new TreeMap<>());
            List<String> names = NodeAccess.names(cluster.getNodes());
            SortedMap<String, String> behind = notes.behind();
            AuditLine line = AuditLine.of("nginx.drop", cluster.getId()).tenant(tenant);
            for (int i = 0; i < names.size(); i++) {
                NginxNodeSettings node = cluster.getNodes().get(i);
                try {
                    State left = NodeAccess.channel(node).call(WaitingOnNode.drop(files == null ? intended : files));
                    if (files != null && left == State.LIVE) {
                        NodeAccess.channel(node).call(SiteOnNode.back(intended));
                    }
                } catch (IOException e) {
                    behind.put(names.get(i), String.valueOf(e.getMessage()));
                }
            }
            notes.forgetWaiting();
            notes.keepBehind(behind);
            line.done();
        } finally {
            SiteDesk.leave(cluster.getId());
        }
    }

    /** What to add to a refusal: where files that were written could not be taken away. */
    private static String dropped(List<NginxNodeSettings> nodes, Map<String, String> files)
            throws InterruptedException {
        StringBuilder lost = new StringBuilder();
        for (NginxNodeSettings node : nodes) {
            try {
                NodeAccess.channel(node).call(WaitingOnNode.drop(files));
            } catch (IOException e) {
                lost.append(' ').append(Messages.WaitingDesk_kept(NodeAccess.name(node), e.getMessage()));
            }
        }
        return lost.toString();
    }

    private String name(NginxNodeSettings node) {
        return NodeAccess.names(cluster.getNodes()).get(cluster.getNodes().indexOf(node));
    }

    /** A push as it is to wait, in the name of the caller. */
    public static SiteNotes.Waiting of(
            String tenant, long base, Map<String, String> files, String who, String why, Instant due) {
        return new SiteNotes.Waiting(
                tenant, base, Instant.now(), who, SiteDesk.shortened(why), due, "", new TreeMap<>(files));
    }

    /** Number of the push that every node is to have; 0 for none. */
    static long newest(String cluster) throws IOException {
        return SiteDesk.history(cluster).latest().map(SiteHistory.Entry::number).orElse(0L);
    }
}
