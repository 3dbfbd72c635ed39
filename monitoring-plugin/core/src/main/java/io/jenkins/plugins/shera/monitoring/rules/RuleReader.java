package io.jenkins.plugins.shera.monitoring.rules;

import io.jenkins.plugins.shera.monitoring.thresholds.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the rules of a file that {@link RuleFile} wrote, so that a plan starts from what is really there. */
final class RuleReader {

    private static final int LARGEST = 64 << 20;

    private RuleReader() {}

    /** The rules of a file; what somebody else wrote into it is left out where it is no alert. */
    static List<AlertRule> read(byte[] file) throws IOException {
        return rules(list(load(file), "groups"));
    }

    /** The rules of one group below a name, as a ruler gives them. */
    static List<AlertRule> read(byte[] groups, String name, String group) throws IOException {
        return rules(list(load(groups), name).stream()
                .filter(each -> text(each, "name").equals(group))
                .toList());
    }

    /** The names of the groups below a name. */
    static List<String> groups(byte[] groups, String name) throws IOException {
        return list(load(groups), name).stream().map(each -> text(each, "name")).toList();
    }

    private static Object load(byte[] file) throws IOException {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(LARGEST);
        limits.setMaxAliasesForCollections(0);
        try {
            return new Yaml(new SafeConstructor(limits)).load(new String(file, StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new IOException("a file of rules in force is no YAML any more: " + e.getMessage(), e);
        }
    }

    private static List<AlertRule> rules(List<?> groups) {
        List<AlertRule> rules = new ArrayList<>();
        for (Object group : groups) {
            for (Object rule : list(group, "rules")) {
                if (!text(rule, "alert").isEmpty()) {
                    String lasting = text(rule, "for");
                    rules.add(new AlertRule(
                            text(rule, "alert"),
                            text(rule, "expr"),
                            lasting.isEmpty() ? Duration.ZERO : Figures.duration("for", lasting),
                            texts(rule, "labels"),
                            texts(rule, "annotations")));
                }
            }
        }
        return rules;
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

    private static Map<String, String> texts(Object of, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (field(of, name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }
}
