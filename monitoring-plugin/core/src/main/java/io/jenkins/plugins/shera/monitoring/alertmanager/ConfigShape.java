package io.jenkins.plugins.shera.monitoring.alertmanager;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a configuration comes to, however it is written: the same for a file and for what Alertmanager makes of it. */
final class ConfigShape {

    private static final List<String> TIMES = List.of("group_wait", "group_interval", "repeat_interval");
    private static final Duration USUAL_WAIT = Duration.ofSeconds(30);

    private ConfigShape() {}

    /** A tenant's receivers, its routes in order, each with what it asks for and when it tells, and what keeps its alerts quiet. */
    static List<String> of(String text, String tenant) throws IOException {
        Object root = load(text);
        String prefix = TenantBlock.name(tenant, "");
        List<String> shape = new ArrayList<>();
        for (Object receiver : list(root, "receivers")) {
            if (text(receiver, "name").startsWith(prefix) && receiver instanceof Map<?, ?> map) {
                Map<String, Object> kinds = new TreeMap<>();
                map.forEach((key, value) -> kinds.put(String.valueOf(key), ""));
                shape.add(text(receiver, "name") + " " + kinds.keySet() + " " + targets(map));
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

    private static List<String> targets(Map<?, ?> receiver) {
        List<String> targets = new ArrayList<>();
        for (String kind : List.of("email_configs", "slack_configs", "webhook_configs")) {
            for (Object config : list(receiver, kind)) {
                targets.add(text(config, "to") + text(config, "api_url_file"));
            }
        }
        return targets;
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
