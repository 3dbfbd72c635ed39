package io.jenkins.plugins.shera.platform.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.timeline.Timeline;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The timelines of all applications; each lies in its application's folder. */
@Extension
public class Timelines implements ExtensionPoint {

    private static final Logger LOGGER = Logger.getLogger(Timelines.class.getName());

    private final Map<String, Timeline> open = new ConcurrentHashMap<>();

    /** The one instance. */
    public static Timelines get() {
        return ExtensionList.lookupSingleton(Timelines.class);
    }

    /** The timeline of an application, for reading. */
    public Timeline of(Application application) {
        return open.computeIfAbsent(
                application.storeKey(),
                key -> new Timeline(SheraConfiguration.get().folderOf(application)));
    }

    /** Appends an entry and tells the listeners, of which none can spoil it for the others. */
    public TimelineEntry append(Application application, TimelineEntry entry) throws IOException {
        TimelineEntry stored = of(application).append(entry);
        for (TimelineListener listener : ExtensionList.lookup(TimelineListener.class)) {
            try {
                listener.appended(application.getTenant(), application.getName(), stored);
            } catch (RuntimeException e) {
                LOGGER.log(
                        Level.WARNING,
                        listener.getClass().getName() + " failed on an entry of " + application.storeKey(),
                        e);
            }
        }
        return stored;
    }
}
