package io.jenkins.plugins.shera.monitoring.steps;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What {@code setThresholds} returns: what changed, and where it is in force. */
public final class ThresholdsResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long version;
    private final ArrayList<String> changes;
    private final ArrayList<String> servers;

    ThresholdsResult(long version, List<String> changes, List<String> servers) {
        this.version = version;
        this.changes = new ArrayList<>(changes);
        this.servers = new ArrayList<>(servers);
    }

    /** Version of the tenant's thresholds; counts up with every change. */
    @Whitelisted
    public long getVersion() {
        return version;
    }

    /** Rules that came (+), went (-) or changed (~), one line each; empty when all was as wanted. */
    @Whitelisted
    public List<String> getChanges() {
        return new ArrayList<>(changes);
    }

    /** Ids of the Prometheus servers that evaluate the rules now. */
    @Whitelisted
    public List<String> getServers() {
        return new ArrayList<>(servers);
    }

    @Whitelisted
    @Override
    public String toString() {
        return "version " + version + ", " + changes.size() + " changed";
    }
}
