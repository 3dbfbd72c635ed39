package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells people of releases; asked by whoever releases, found at run time. */
public interface ReleaseNotifier extends ExtensionPoint {

    /**
     * Takes the news so that a restart does not lose it, and returns at once: nobody outside is told on this thread. The same news may come
     * again and is told once.
     */
    void tell(ReleaseNews news) throws IOException;

    /** Gives it to every notifier; that one cannot take it stops no release, and is logged. */
    static void tellAll(ReleaseNews news) {
        for (ReleaseNotifier notifier : ExtensionList.lookup(ReleaseNotifier.class)) {
            try {
                notifier.tell(news);
            } catch (IOException | RuntimeException e) {
                Logger.getLogger(ReleaseNotifier.class.getName())
                        .log(Level.WARNING, "nobody can be told of " + news.key(), e);
            }
        }
    }
}
