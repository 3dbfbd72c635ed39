package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionPoint;
import java.util.List;

/** What a plugin knows of an image: its quality, where it came from, that it was made by hand, where it runs. */
public interface ImageRecords extends ExtensionPoint {

    /** The records of one image of a tenant, newest first; {@code digest} is {@code sha256:...}. */
    List<ImageRecord> of(String tenant, String digest);
}
