package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.nginx.model.Member;
import io.jenkins.plugins.shera.nginx.reach.NamedMembers;
import io.jenkins.plugins.shera.nginx.reach.Reach;
import io.jenkins.plugins.shera.nginx.reach.Unreached;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tries now and then which members of its upstreams this node reaches, and those that are new at once; only tells it, and takes none
 * away.
 */
final class Reachability implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Reachability.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST_TOLD = 200;

    private final Supplier<NamedMembers> named;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kubeng-reach");
        thread.setDaemon(true);
        return thread;
    });
    /** Those that were tried least lately first; the value is null for those that were reached. */
    private final Map<String, Unreached.Why> tried = new LinkedHashMap<>();

    private long lastRound = System.nanoTime();
    private volatile List<Unreached> unreached = List.of();

    /** The supplier gives what the configuration in force names. */
    Reachability(Supplier<NamedMembers> named) {
        this.named = named;
    }

    void start() {
        clock.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The members that were not reached when they were last tried. */
    List<Unreached> unreached() {
        return unreached;
    }

    private void look() {
        try {
            NamedMembers now = named.get();
            Map<String, Member> members = new HashMap<>();
            now.members().forEach(member -> members.put(member.authority(), member));
            tried.keySet().retainAll(members.keySet());
            List<Member> due = due(members);
            Map<String, Unreached.Why> found = due.isEmpty() ? Map.of() : Reach.unreached(due);
            for (Member member : due) {
                tried.remove(member.authority());
                tried.put(member.authority(), found.get(member.authority()));
            }
            Map<String, Unreached.Why> bad = new HashMap<>(tried);
            bad.values().removeIf(why -> why == null);
            unreached = now.of(bad).stream().limit(MOST_TOLD).toList();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "The members cannot be tried", e);
        }
    }

    /** Those never tried, and once in a round those tried least lately. */
    private List<Member> due(Map<String, Member> members) {
        Set<String> known = tried.keySet();
        List<Member> due = new ArrayList<>();
        members.values().stream()
                .filter(member -> !known.contains(member.authority()))
                .limit(Reach.MOST)
                .forEach(due::add);
        if (System.nanoTime() - lastRound > ROUND.toNanos()) {
            lastRound = System.nanoTime();
            known.stream()
                    .limit(Reach.MOST - (long) due.size())
                    .map(members::get)
                    .forEach(due::add);
        }
        return due;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
