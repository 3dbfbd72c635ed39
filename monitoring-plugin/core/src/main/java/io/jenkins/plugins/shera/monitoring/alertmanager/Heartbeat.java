package io.jenkins.plugins.shera.monitoring.alertmanager;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of an alert that always fires through Alertmanager to whoever misses it when it stays out.
 *
 * @param hook address in Jenkins, told with a token
 * @param outside address of a watcher outside, told without; empty for none
 * @param every how often both are told
 */
public record Heartbeat(String hook, String outside, Duration every) implements Serializable {

    /** Whose part it is: no tenant can be named so. */
    public static final String OWNER = "shera_self";

    /** Its receiver. */
    public static final String RECEIVER = "heartbeat";

    /** The name of the alert. */
    public static final String ALERT = "SheraWatchdog";

    /** The part of the configuration; {@code token} is a file. */
    Part part(Path token) {
        String receiver = TenantBlock.name(OWNER, RECEIVER);
        List<String> receivers = new ArrayList<>(List.of(
                "- name: " + TenantBlock.quoted(receiver),
                "  webhook_configs:",
                "  - url: " + TenantBlock.quoted(hook),
                "    send_resolved: false",
                "    http_config:",
                "      authorization:",
                "        type: \"Bearer\"",
                "        credentials_file: " + TenantBlock.quoted(token.toString())));
        if (!outside.isEmpty()) {
            receivers.add("  - url: " + TenantBlock.quoted(outside));
            receivers.add("    send_resolved: false");
        }
        String beat = TenantBlock.quoted(every.toSeconds() + "s");
        List<String> routes = List.of(
                "- receiver: " + TenantBlock.quoted(receiver),
                "  matchers:",
                "  - " + TenantBlock.quoted("managed_by=\"shera\""),
                "  - " + TenantBlock.quoted("alertname=\"" + ALERT + "\""),
                "  group_by: [\"watchdog\"]",
                "  group_wait: \"0s\"",
                "  group_interval: " + beat,
                "  repeat_interval: " + TenantBlock.quoted(Math.max(1, every.toSeconds() / 2) + "s"));
        return new Part(OWNER, receivers, routes, List.of());
    }
}
