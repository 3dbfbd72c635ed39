package io.jenkins.plugins.shera.platform.config;

import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;

/** Hears what happens to applications, after it was written down. */
public interface TimelineListener extends ExtensionPoint {

    /** Called on the thread that appended the entry: be quick. */
    void appended(String tenant, String application, TimelineEntry entry);
}
