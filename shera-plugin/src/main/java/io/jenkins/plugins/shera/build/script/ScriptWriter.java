package io.jenkins.plugins.shera.build.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the script; every text goes through one quoting function. */
public final class ScriptWriter {
    private ScriptWriter() {}

    /** A declarative Pipeline of one stage with one step. */
    public static String write(BuildSettings settings) {
        String agent = settings.agent().isEmpty() ? "agent any" : "agent { label " + quoted(settings.agent()) + " }";
        return "pipeline {\n    " + agent + "\n    stages {\n        stage('Build') {\n            steps {\n"
                + "                sheraBuild(\n" + arguments(settings, "                    ")
                + "\n                )\n            }\n        }\n    }\n}\n";
    }

    private static String arguments(BuildSettings settings, String indent) {
        List<String> lines = new ArrayList<>();
        settings.values().forEach((name, value) -> lines.add(indent + name + ": " + literal(value)));
        return String.join(",\n", lines);
    }

    private static String literal(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(entry.getKey().toString()) + ": "
                            + quoted(entry.getValue().toString()))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Integer || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    /** A Groovy string in single quotes, in which nothing is expanded. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('\'').toString();
    }
}
