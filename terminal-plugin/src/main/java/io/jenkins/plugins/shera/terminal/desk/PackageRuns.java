package io.jenkins.plugins.shera.terminal.desk;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.ActingAs;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/** What is looked at or packaged in the background: few at a time, each seen by its owner alone, forgotten after a quarter of an hour. */
@Extension
public class PackageRuns implements ExtensionPoint {
    private static final int MOST = 4;
    private static final int MOST_KEPT = 200;
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(2);

    private final Map<String, PackageRun> runs = new ConcurrentHashMap<>();

    /** The one instance. */
    public static PackageRuns get() {
        return ExtensionList.lookupSingleton(PackageRuns.class);
    }

    /**
     * A new one of the calling user, not yet begun.
     *
     * @param subject {@code tenant/application}
     * @throws Refusal if nobody is signed in, if this user has one under way, or too many are
     */
    public synchronized PackageRun reserve(String subject) {
        User caller = User.current();
        if (caller == null) {
            throw Refusal.forbidden(subject, Messages.PackageRuns_nobody(), Messages.PackageRuns_nobody_next());
        }
        Instant now = Instant.now();
        runs.values()
                .removeIf(run -> run.begun().plus(run.isOver() ? KEPT : LONGEST).isBefore(now));
        String user = caller.getId();
        long running = runs.values().stream().filter(run -> !run.isOver()).count();
        boolean own = runs.values().stream()
                .anyMatch(run -> !run.isOver() && run.owner().equals(user));
        if (own || running >= MOST || runs.size() >= MOST_KEPT) {
            throw Refusal.conflict(
                    subject,
                    own ? Messages.PackageRuns_own() : Messages.PackageRuns_many(MOST),
                    Messages.PackageRuns_next());
        }
        PackageRun run = new PackageRun(user, subject);
        runs.put(run.id(), run);
        return run;
    }

    /** Forgets one that could not begin. */
    public void drop(PackageRun run) {
        runs.remove(run.id());
    }

    /** Lets it begin, as its owner; the desk is closed when it ends. An owner who is gone ends it, aloud. */
    void begin(PackageRun run, String where, PackageRun.Room desk, PackageRun.Work work) {
        Schedules.get().after(Duration.ZERO, "packaging in " + where, ACL.SYSTEM_USERNAME, () -> {
            try (desk;
                    ACLContext ignored = ACL.as2(ActingAs.of(run.owner()))) {
                run.perform(work);
            } catch (Refusal e) {
                run.fail(() -> PackageRun.problem(e.error(), e.where(), e.why(), e.next()));
            }
        });
    }

    /** The caller's own in this application, or null. */
    public PackageRun find(String id, String subject) {
        PackageRun run = runs.get(id);
        return run != null && run.isOf(Jenkins.getAuthentication2().getName(), subject) ? run : null;
    }
}
