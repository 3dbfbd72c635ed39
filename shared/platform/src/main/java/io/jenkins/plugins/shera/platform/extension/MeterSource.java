package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.meters.Reading;
import io.jenkins.plugins.shera.platform.meters.Total;
import java.util.List;

/** States that a plugin has at hand; it is asked at each scrape, as SYSTEM, and must ask no other server for them. */
public abstract class MeterSource implements ExtensionPoint {

    /** The states as they are now. */
    public abstract List<Reading> readings();

    /** What the Metrics plugin is told of these states, always under the same names; nothing unless a source says so. */
    public List<Total> totals() {
        return List.of();
    }

    /** Every source. */
    public static List<MeterSource> all() {
        return ExtensionList.lookup(MeterSource.class);
    }
}
