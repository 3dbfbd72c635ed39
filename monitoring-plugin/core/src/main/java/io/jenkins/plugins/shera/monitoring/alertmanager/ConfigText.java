package io.jenkins.plugins.shera.monitoring.alertmanager;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of an {@code alertmanager.yml} that belongs to somebody else: tenants' parts stand between marked lines, every other byte
 * stays as it is.
 */
final class ConfigText {

    private static final String BEGIN = "# >>> SheRa ";
    private static final String END = "# <<< SheRa ";

    private static final String MADE = ": # for SheRa";

    private ConfigText() {}

    /** The text with a tenant's part in the place of the one before. */
    static String with(String text, Part part) throws IOException {
        String others = without(text, part.owner());
        if (part.receivers().isEmpty()) {
            return others;
        }
        String more = insert(others, List.of("receivers"), part.owner(), part.receivers());
        String routed = insert(more, List.of("route", "routes"), part.owner(), part.routes());
        return part.inhibitions().isEmpty()
                ? routed
                : insert(routed, List.of("inhibit_rules"), part.owner(), part.inhibitions());
    }

    /** The text without a tenant's part. */
    static String without(String text, String tenant) throws IOException {
        StringBuilder kept = new StringBuilder();
        boolean inside = false;
        for (String line : lines(text)) {
            String bare = line.strip();
            if (bare.equals(END + tenant)) {
                if (!inside) {
                    throw unbalanced(tenant);
                }
                inside = false;
            } else if (bare.startsWith(BEGIN + tenant + ":")) {
                if (inside) {
                    throw unbalanced(tenant);
                }
                inside = true;
            } else if (!inside) {
                kept.append(line);
            }
        }
        if (inside) {
            throw unbalanced(tenant);
        }
        return withoutEmptied(kept.toString());
    }

    /** Without the heads of lists that were made for parts which are no more. */
    private static String withoutEmptied(String text) {
        List<String> lines = lines(text);
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).strip().endsWith(MADE) || isListed(lines, i + 1)) {
                kept.append(lines.get(i));
            }
        }
        return kept.toString();
    }

    private static boolean isListed(List<String> lines, int from) {
        for (String line : lines.subList(from, lines.size())) {
            String bare = line.strip();
            if (bare.startsWith("-") || bare.startsWith(BEGIN)) {
                return true;
            }
            if (!bare.isEmpty() && !bare.startsWith("#")) {
                return false;
            }
        }
        return false;
    }

    private static IOException unbalanced(String tenant) {
        return new IOException(
                "the marked lines of " + tenant
                        + " in the configuration of Alertmanager are not in pairs. Take that part away by hand, with the lines around it.");
    }

    /** Lines with what ends them. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end + 1));
            from = end + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    private static String insert(String text, List<String> path, String tenant, List<String> items) throws IOException {
        MappingNode at = root(text);
        for (String name : path.subList(0, path.size() - 1)) {
            NodeTuple tuple = find(at, name);
            if (tuple == null || !(tuple.getValueNode() instanceof MappingNode mapping)) {
                throw new IOException(
                        "the configuration of Alertmanager has no '" + name + "'. Add one with a receiver first.");
            }
            at = mapping;
        }
        String last = path.get(path.size() - 1);
        if (at.getFlowStyle() == org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW) {
            throw inOneLine(path.get(0));
        }
        NodeTuple list = find(at, last);
        if (list == null) {
            Node first = at.getValue().get(0).getKeyNode();
            int column = first.getStartMark().getColumn();
            int line = first.getStartMark().getLine();
            return spliced(text, line, List.of(" ".repeat(column) + last + MADE), column, tenant, items);
        }
        Node value = list.getValueNode();
        int column;
        if (value instanceof SequenceNode sequence
                && sequence.getFlowStyle() == org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK) {
            column = sequence.getStartMark().getColumn();
        } else if (value instanceof ScalarNode scalar && scalar.getValue().isEmpty()) {
            column = list.getKeyNode().getStartMark().getColumn();
        } else {
            throw inOneLine(last);
        }
        return spliced(text, list.getKeyNode().getStartMark().getLine() + 1, List.of(), column, tenant, items);
    }

    private static IOException inOneLine(String name) {
        return new IOException(
                "'" + name
                        + "' in the configuration of Alertmanager stands in one line, so that nothing can be put into it. Write its parts below each other.");
    }

    private static String spliced(
            String text, int line, List<String> before, int column, String tenant, List<String> items) {
        List<String> all = lines(text);
        String indent = " ".repeat(column);
        StringBuilder block = new StringBuilder();
        before.forEach(each -> block.append(each).append('\n'));
        block.append(indent)
                .append(BEGIN)
                .append(tenant)
                .append(": written by Jenkins, changes here are overwritten\n");
        items.forEach(item -> block.append(indent).append(item).append('\n'));
        block.append(indent).append(END).append(tenant).append('\n');
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < Math.min(line, all.size()); i++) {
            result.append(all.get(i));
        }
        if (result.length() > 0 && result.charAt(result.length() - 1) != '\n') {
            result.append('\n');
        }
        result.append(block);
        for (int i = line; i < all.size(); i++) {
            result.append(all.get(i));
        }
        return result.toString();
    }

    private static NodeTuple find(MappingNode in, String name) {
        return in.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name))
                .findFirst()
                .orElse(null);
    }

    static Yaml yaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(8 << 20);
        return new Yaml(new SafeConstructor(limits));
    }

    private static MappingNode root(String text) throws IOException {
        Node root;
        try {
            root = yaml().compose(new StringReader(text));
        } catch (RuntimeException e) {
            throw new IOException("the configuration of Alertmanager is no YAML: " + e.getMessage(), e);
        }
        if (root instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            return mapping;
        }
        throw new IOException(
                "the configuration of Alertmanager is empty. Write one with a route and a receiver first.");
    }
}
