package io.jenkins.plugins.shera.monitoring.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.shera.monitoring.promql.Expr;
import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A tenant's part of an Alertmanager configuration: lines of YAML in which every text is quoted. Each route asks for the tenant and for
 * what SheRa made, whatever else it asks for, and lets the alert go on to the routes after it.
 *
 * @param secrets file of each receiver that has a secret
 */
public record TenantBlock(String tenant, NoticeBook book, NoticePolicy policy, Map<String, Path> secrets) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The label of an alert that is only to show that its receiver hears; it has a route of its own, which ends there. */
    public static final String TEST = "shera_test";

    /** Keeps its own copy. */
    public TenantBlock {
        book = policy.within(book);
        secrets = Map.copyOf(secrets);
    }

    /** The name of a receiver in the configuration. */
    public static String name(String tenant, String receiver) {
        return "shera/" + tenant + "/" + receiver;
    }

    /** Under which name the PEM of the authority of a web hook stands among the secrets of a tenant; no receiver can be named so. */
    public static String authority(String receiver) {
        return receiver + ".ca";
    }

    private boolean isEmpty() {
        return book.receivers().isEmpty();
    }

    /** The lines. */
    Part part() {
        return isEmpty()
                ? new Part(tenant, List.of(), List.of(), List.of())
                : new Part(tenant, receivers(), routes(), Inhibitions.lines(tenant, book.timing(), policy));
    }

    private List<String> receivers() {
        List<String> lines = new ArrayList<>();
        for (Receiver receiver : book.receivers()) {
            lines.add("- name: " + quoted(name(tenant, receiver.name())));
            switch (receiver.sort()) {
                case MAIL -> {
                    lines.add("  email_configs:");
                    lines.add("  - to: " + quoted(receiver.to()));
                    lines.add("    send_resolved: true");
                }
                case SLACK -> {
                    lines.add("  slack_configs:");
                    lines.add("  - api_url_file: " + quoted(file(receiver)));
                    if (!receiver.to().isEmpty()) {
                        lines.add("    channel: " + quoted(receiver.to()));
                    }
                    lines.add("    send_resolved: true");
                }
                default -> webhook(lines, receiver);
            }
        }
        return lines;
    }

    private void webhook(List<String> lines, Receiver receiver) {
        lines.add("  webhook_configs:");
        lines.add("  - url: " + quoted(receiver.url()));
        lines.add("    send_resolved: true");
        if (secrets.containsKey(receiver.name())) {
            lines.add("    http_config:");
            lines.add("      authorization:");
            lines.add("        type: \"Bearer\"");
            lines.add("        credentials_file: " + quoted(file(receiver)));
        }
        Path authority = secrets.get(authority(receiver.name()));
        if (authority != null) {
            lines.add("      tls_config:");
            lines.add("        ca_file: " + quoted(authority.toString()));
        }
    }

    private String file(Receiver receiver) {
        return secrets.get(receiver.name()).toString();
    }

    private List<String> routes() {
        List<String> lines = new ArrayList<>();
        for (Receiver receiver : book.receivers()) {
            lines.add("- receiver: " + quoted(name(tenant, receiver.name())));
            lines.add("  matchers:");
            List<String> matchers = matchers(new NoticeRoute(receiver.name(), "", "", "", ""));
            add(matchers, TEST, receiver.name());
            matchers.forEach(matcher -> lines.add("  - " + quoted(matcher)));
            lines.add("  group_wait: \"0s\"");
        }
        for (NoticeRoute route : book.routes()) {
            lines.add("- receiver: " + quoted(name(tenant, route.receiver())));
            lines.add("  matchers:");
            matchers(route).forEach(matcher -> lines.add("  - " + quoted(matcher)));
            timing(lines, route);
            lines.add("  continue: true");
        }
        return lines;
    }

    private void timing(List<String> lines, NoticeRoute route) {
        Timing timing = book.timing();
        List<String> groupBy = new ArrayList<>(List.of("tenant"));
        groupBy.addAll(timing.groupBy().isEmpty() ? Timing.USUAL : timing.groupBy());
        lines.add("  group_by: [" + groupBy.stream().map(TenantBlock::quoted).collect(Collectors.joining(", ")) + "]");
        time(lines, "group_wait", timing.groupWait());
        time(lines, "group_interval", timing.groupInterval());
        time(lines, "repeat_interval", route.repeat().isEmpty() ? timing.repeatInterval() : route.repeat());
    }

    /** In one unit: Alertmanager reads units only from the largest to the smallest, people write them as they like. */
    private static void time(List<String> lines, String name, String text) {
        if (!text.isEmpty()) {
            lines.add("  " + name + ": " + quoted(Expr.duration(Figures.duration(name, text))));
        }
    }

    private List<String> matchers(NoticeRoute route) {
        List<String> matchers = new ArrayList<>();
        matchers.add("managed_by=\"shera\"");
        matchers.add("tenant=\"" + tenant + "\"");
        add(matchers, "application", route.application());
        add(matchers, "environment", route.environment());
        add(matchers, "severity", route.severity());
        return matchers;
    }

    private static void add(List<String> matchers, String label, String value) {
        if (!value.isEmpty()) {
            matchers.add(label + "=\"" + value + "\"");
        }
    }

    /** A JSON string is a YAML string in double quotes. */
    static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this text cannot be written: " + text, e);
        }
    }
}
