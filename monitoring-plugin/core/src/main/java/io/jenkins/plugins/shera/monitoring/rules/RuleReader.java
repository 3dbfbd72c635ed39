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

    /** A tenant's rules in a file; what somebody else wrote into it is left out where it is neither alert nor recording. */
    static RuleFile read(String tenant, byte[] file) throws IOException {
        return file(tenant, list(load(file), "groups"));
    }

    /** The same of the tenant's group among those below a name, as a ruler gives them. */
    static RuleFile read(String tenant, byte[] groups, String name) throws IOException {
        String own = RuleFile.groupName(tenant);
        return file(
                tenant,
                list(load(groups), name).stream()
                        .filter(each -> text(each, "name").equals(own))
                        .toList());
    }

    private static RuleFile file(String tenant, List<?> groups) {
        return new RuleFile(tenant, rules(groups), recordings(groups));
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

    private static List<Recording> recordings(List<?> groups) {
        List<Recording> recordings = new ArrayList<>();
        for (Object group : groups) {
            for (Object rule : list(group, "rules")) {
                if (!text(rule, "record").isEmpty()) {
                    recordings.add(new Recording(text(rule, "record"), text(rule, "expr"), texts(rule, "labels")));
                }
            }
        }
        return recordings;
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
