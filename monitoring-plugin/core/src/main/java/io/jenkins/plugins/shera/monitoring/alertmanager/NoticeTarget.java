package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.nodes.Rollover;
import java.io.IOException;

/** The configuration of one Alertmanager, of which tenants have parts. */
public interface NoticeTarget {

    /** Asks amtool alone; nothing is put in force. */
    void check(AlertmanagerConfig.Wanted wanted) throws IOException, InterruptedException;

    /**
     * Puts a tenant's part in force.
     *
     * @throws Rollover.RefusedException when amtool or Alertmanager refused it; the configuration is as it was
     */
    void push(AlertmanagerConfig.Wanted wanted) throws IOException, InterruptedException;

    /** Puts the way of heartbeats in force in the same manner; {@code token} is what Jenkins knows Alertmanager by. */
    void push(Heartbeat beat, String token) throws IOException, InterruptedException;

    /** Whether Alertmanager works by just what stands in the file for a tenant. */
    boolean isInForce(String tenant) throws IOException;

    /** Whether the file says just what a tenant wants; what Alertmanager works by is not asked. */
    boolean holds(AlertmanagerConfig.Wanted wanted) throws IOException;

    /** Whether the file has a tenant's part at all. */
    boolean knows(String tenant) throws IOException;
}
