package io.jenkins.plugins.shera.kubeng.daemon;

import io.jenkins.plugins.shera.nginx.intent.Intent;
import io.jenkins.plugins.shera.nginx.intent.SignedIntent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The folder where signed documents arrive as {@code routes.json}, {@code weights.json} and {@code streams.json}, put there by a
 * rename. Whoever writes there needs not be trusted. The time of the file is when Jenkins was last heard of: a lease is kept by touching it.
 */
final class Inbox {
    private static final Logger LOG = Logger.getLogger(Inbox.class.getName());

    private final Path folder;
    private final Receiver receiver;
    private final Map<Intent.Kind, FileTime> seen = new EnumMap<>(Intent.Kind.class);

    /** Takes what came in; throws with the reason when it is not to be trusted. */
    interface Receiver {
        void offer(Intent.Kind kind, byte[] document) throws IOException;
    }

    Inbox(Path folder, Receiver receiver) {
        this.folder = folder;
        this.receiver = receiver;
    }

    static Path file(Path folder, Intent.Kind kind) {
        return folder.resolve(kind.word() + ".json");
    }

    /** Looks for what changed since the last look. */
    void look() {
        for (Intent.Kind kind : Intent.Kind.values()) {
            Path file = file(folder, kind);
            try {
                if (Files.isRegularFile(file)) {
                    FileTime time = Files.getLastModifiedTime(file);
                    if (!time.equals(seen.put(kind, time))) {
                        if (Files.size(file) > SignedIntent.LONGEST) {
                            throw new IOException("it has more than " + SignedIntent.LONGEST + " bytes");
                        }
                        receiver.offer(kind, Files.readAllBytes(file));
                    }
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} was not taken: {1}", new Object[] {file, e.getMessage()});
            }
        }
    }
}
