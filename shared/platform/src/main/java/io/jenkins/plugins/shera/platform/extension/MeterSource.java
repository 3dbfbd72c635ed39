package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.meters.Reading;
import java.util.List;

/** States that a plugin has at hand; it is asked at each scrape, as SYSTEM, and must ask no other server for them. */
public abstract class MeterSource implements ExtensionPoint {

    /** The states as they are now. */
    public abstract List<Reading> readings();

    /** Every source. */
    public static List<MeterSource> all() {
        return ExtensionList.lookup(MeterSource.class);
    }
}
