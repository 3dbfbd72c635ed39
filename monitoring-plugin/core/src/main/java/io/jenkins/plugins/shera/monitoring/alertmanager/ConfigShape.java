package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a configuration comes to, however it is written: the same for a file and for what Alertmanager makes of it. */
final class ConfigShape {

    private static final List<String> TIMES = List.of("group_wait", "group_interval", "repeat_interval");
    private static final String HIDDEN = "url: <secret>";
    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    private ConfigShape() {}

    /** Whether Alertmanager, as it tells it itself, works by what a file says for a tenant; addresses count where it shows them. */
    static boolean agree(String file, String told, String tenant) throws IOException {
        // From 0.26 on it hides the addresses of hooks.
        boolean hidden = told.contains(HIDDEN);
        return of(file, tenant, !hidden).equals(of(told, tenant, !hidden));
    }

    /** A tenant's receivers, its routes in order, each with what it asks for and when it tells, and what keeps its alerts quiet. */
    static List<String> of(String text, String tenant) throws IOException {
        return of(text, tenant, true);
    }

    private static List<String> of(String text, String tenant, boolean addresses) throws IOException {
        Object root = load(text);
        String prefix = TenantBlock.name(tenant, "");
        List<String> shape = new ArrayList<>();
        for (Object receiver : list(root, "receivers")) {
            if (text(receiver, "name").startsWith(prefix) && receiver instanceof Map<?, ?> map) {
                Map<String, Object> kinds = new TreeMap<>();
                map.forEach((key, value) -> kinds.put(String.valueOf(key), ""));
                shape.add(text(receiver, "name") + " " + kinds.keySet() + " " + targets(map, addresses));
            }
        }
        for (Object route : list(field(root, "route"), "routes")) {
            if (text(route, "receiver").startsWith(prefix)) {
                shape.add(text(route, "receiver") + " " + sorted(route, "matchers") + " "
                        + text(route, "continue").equals("true") + timing(route));
            }
        }
        for (Object rule : list(root, "inhibit_rules")) {
            if (list(rule, "target_matchers").contains("tenant=\"" + tenant + "\"")) {
                shape.add(sorted(rule, "source_matchers") + " keep quiet " + sorted(rule, "target_matchers") + " by "
                        + sorted(rule, "equal"));
            }
        }
        return shape;
    }

    /** How long Alertmanager waits for others before it tells of an alert that no route of ours takes. */
    static Duration groupWait(String text) throws IOException {
        String wait = text(field(load(text), "route"), "group_wait");
        return wait.isEmpty() ? USUAL_WAIT : Figures.ofPrometheus(wait);
    }

    private static Object load(String text) throws IOException {
        try {
            return ConfigText.yaml().load(text);
        } catch (RuntimeException e) {
            throw new IOException("the configuration of Alertmanager is no YAML: " + e.getMessage(), e);
        }
    }

    private static String timing(Object route) {
        StringBuilder timing = new StringBuilder();
        if (!list(route, "group_by").isEmpty()) {
            timing.append(" by ").append(sorted(route, "group_by"));
        }
        for (String name : TIMES) {
            String value = text(route, name);
            if (!value.isEmpty()) {
                timing.append(' ')
                        .append(name)
                        .append(' ')
                        .append(Figures.ofPrometheus(value).toMillis());
            }
        }
        return timing.toString();
    }

    private static TreeSet<String> sorted(Object of, String name) {
        TreeSet<String> sorted = new TreeSet<>();
        list(of, name).forEach(each -> sorted.add(String.valueOf(each)));
        return sorted;
    }

    private static List<String> targets(Map<?, ?> receiver, boolean addresses) throws IOException {
        List<String> targets = new ArrayList<>();
        for (String kind : List.of("email_configs", "slack_configs", "webhook_configs")) {
            for (Object config : list(receiver, kind)) {
                Object http = field(config, "http_config");
                targets.add(Stream.of(
                                text(config, "to"),
                                text(config, "api_url_file"),
                                text(field(http, "authorization"), "credentials_file"),
                                text(field(http, "tls_config"), "ca_file"),
                                addresses ? address(text(config, "url")) : "")
                        .filter(each -> !each.isEmpty())
                        .collect(Collectors.joining(" ")));
            }
        }
        return targets;
    }

    /** As Alertmanager writes it, whatever letters it has. */
    private static String address(String text) throws IOException {
        try {
            return new URI(text).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IOException("a hook in the configuration of Alertmanager has no address: " + e.getReason(), e);
        }
    }

    private static Object field(Object of, String name) {
        return of instanceof Map<?, ?> map ? map.get(name) : null;
    }

    private static List<?> list(Object of, String name) {
        return field(of, name) instanceof List<?> list ? list : List.of();
    }

    private static String text(Object of, String name) {
        Object value = field(of, name);
        return value == null ? "" : value.toString();
    }
}
