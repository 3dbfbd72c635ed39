package io.jenkins.plugins.shera.terminal.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.init.Terminator;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.shera.platform.access.ActingAs;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import io.jenkins.plugins.shera.terminal.files.Passage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;

/**
 * Files and folders on their way out of containers: brought here in the background, then fetched, from where a cut left off. Each belongs to
 * who asked for it and to what was asked for, and is forgotten an hour after somebody last asked.
 */
@Extension
public class Downloads implements ExtensionPoint {
    private static final int MOST = 8;
    private static final int MOST_OF_ONE = 3;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, Download> downloads = new ConcurrentHashMap<>();

    /** Brings what was asked for. */
    @FunctionalInterface
    public interface Bringing {
        /**
         * Writes it to the file, in a thread that acts for the asker.
         *
         * @return what else is to be told of it
         */
        ObjectNode to(Path file, Passage passage) throws IOException;
    }

    /** The one instance. */
    public static Downloads get() {
        return ExtensionList.lookupSingleton(Downloads.class);
    }

    /**
     * Begins to bring something here for the caller.
     *
     * @param id 32 hex digits that the caller chose
     * @param target what it is; the same in all later calls
     * @throws Refusal if too many are under way
     */
    public void begin(String id, String target, Bringing bringing) throws IOException {
        Download download = reserve(id, target);
        Schedules.get().after(Duration.ZERO, "download from a container", ACL.SYSTEM_USERNAME, () -> {
            try (ACLContext ignored = ACL.as2(ActingAs.of(download.owner()))) {
                download.perform(bringing);
            } catch (Refusal e) {
                download.fail(e);
            }
        });
    }

    private synchronized Download reserve(String id, String target) throws IOException {
        if (!id.matches("[0-9a-f]{32}") || downloads.containsKey(id)) {
            throw Refusal.input("download", Messages.Downloads_bad(), Messages.Downloads_bad_next());
        }
        String user = Jenkins.getAuthentication2().getName();
        Instant old = Instant.now().minus(KEPT);
        drop(each ->
                each.touched().isBefore(old) || each.isFetched() && each.owner().equals(user));
        long own = downloads.values().stream()
                .filter(each -> each.owner().equals(user))
                .count();
        if (own >= MOST_OF_ONE || downloads.size() >= MOST) {
            throw Refusal.conflict(
                    "download", Messages.Downloads_many(MOST_OF_ONE, MOST), Messages.Downloads_many_next());
        }
        Download download = new Download(user, target);
        downloads.put(id, download);
        return download;
    }

    private void drop(java.util.function.Predicate<Download> which) {
        List<String> ids = downloads.entrySet().stream()
                .filter(each -> which.test(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        ids.forEach(id -> downloads.remove(id).drop());
    }

    /**
     * The caller's own.
     *
     * @throws Refusal if there is none of that id for that target
     */
    public Download find(String id, String target) {
        Download download = downloads.get(id);
        if (download == null || !download.isOf(Jenkins.getAuthentication2().getName(), target)) {
            throw Refusal.unknown("download", Messages.Downloads_none(), Messages.Downloads_bad_next());
        }
        return download;
    }

    /** Stops the caller's own, and deletes what is here of it. */
    public void forget(String id, String target) {
        find(id, target);
        drop(downloads.get(id)::equals);
    }

    /** Deletes all of them with Jenkins. */
    @Terminator
    public static void stop() {
        ExtensionList.lookup(Downloads.class).forEach(each -> each.drop(all -> true));
    }
}
