package io.jenkins.plugins.shera.build.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a project asks of {@code sheraBuild}, by the step's own parameter names: texts, numbers, yes or no, and maps of texts. */
public final class BuildSettings {
    /** The kinds of values. */
    public enum Kind {
        /** A text of one line. */
        TEXT,
        /** A text of many lines. */
        LONG_TEXT,
        /** A whole number. */
        NUMBER,
        /** Yes or no. */
        FLAG,
        /** Texts by name. */
        MAP
    }

    /** Every parameter a project may set, in the order they are written. */
    public static final Map<String, Kind> PARAMETERS = parameters();

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final String agent;

    /** {@code agent} is the label of the agents it may run on; empty for any. */
    public BuildSettings(String agent) {
        this.agent = agent == null ? "" : agent;
        if (!this.agent.matches("[A-Za-z0-9_. &|!()-]{0,200}")) {
            throw new IllegalArgumentException("The agent's label holds a character that labels have not: correct it.");
        }
    }

    private static Map<String, Kind> parameters() {
        Map<String, Kind> all = new LinkedHashMap<>();
        for (String name : new String[] {
            "image",
            "git",
            "branch",
            "credentialsId",
            "artifact",
            "maven",
            "javaHome",
            "mavenSettings",
            "modules",
            "server",
            "projectKey",
            "qualityGate"
        }) {
            all.put(name, Kind.TEXT);
        }
        all.put("properties", Kind.MAP);
        all.put("onGateFailure", Kind.TEXT);
        all.put("onUnavailable", Kind.TEXT);
        all.put("gateTimeout", Kind.NUMBER);
        all.put("dockerfile", Kind.TEXT);
        all.put("dockerfileText", Kind.LONG_TEXT);
        all.put("baseImage", Kind.TEXT);
        all.put("context", Kind.TEXT);
        all.put("buildArgs", Kind.MAP);
        all.put("builder", Kind.TEXT);
        all.put("target", Kind.TEXT);
        all.put("platforms", Kind.TEXT);
        all.put("labels", Kind.MAP);
        all.put("tags", Kind.TEXT);
        all.put("registry", Kind.TEXT);
        all.put("debugTools", Kind.TEXT);
        all.put("sbom", Kind.FLAG);
        all.put("timeout", Kind.NUMBER);
        return Collections.unmodifiableMap(all);
    }

    /** Sets a value; an empty one is left out, so that the step's own default counts. */
    public BuildSettings set(String name, Object value) {
        Kind kind = PARAMETERS.get(name);
        boolean fits = kind != null
                && switch (kind) {
                    case TEXT, LONG_TEXT -> value instanceof String;
                    case NUMBER -> value instanceof Integer;
                    case FLAG -> value instanceof Boolean;
                    case MAP -> value instanceof Map;
                };
        if (!fits) {
            throw new IllegalArgumentException(name + " is no setting of a project, or has a value of another kind.");
        }
        boolean empty =
                value instanceof String text && text.isBlank() || value instanceof Map<?, ?> map && map.isEmpty();
        if (!empty) {
            values.put(name, value);
        }
        return this;
    }

    /** What is set, in the order of {@link #PARAMETERS}. */
    public Map<String, Object> values() {
        Map<String, Object> ordered = new LinkedHashMap<>();
        PARAMETERS.keySet().forEach(name -> {
            if (values.containsKey(name)) {
                ordered.put(name, values.get(name));
            }
        });
        return ordered;
    }

    /** A text, empty when it is not set. */
    public String text(String name) {
        return Objects.toString(values.get(name), "");
    }

    /** The label of the agents; empty for any. */
    public String agent() {
        return agent;
    }
}
