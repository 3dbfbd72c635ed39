package io.jenkins.plugins.shera.deploy.pod;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One setting of a pod as somebody wrote it: a type such as {@code probe} and its values by name. Not checked yet. */
public final class PodPart {

    private final String type;
    private final Map<String, String> values = new HashMap<>();

    /** Values that are null or empty count as not given. */
    public PodPart(String type, Map<String, ?> values) {
        this.type = type;
        values.forEach((name, value) -> {
            if (value != null && !value.toString().isEmpty()) {
                this.values.put(name, value.toString());
            }
        });
    }

    /** What it is. */
    public String type() {
        return type;
    }

    /** What was given, by name. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Refuses names that the type does not have. */
    void only(String... names) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw refused(unknown.iterator().next(), "one of " + new TreeSet<>(Set.of(names)));
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name, Pattern grammar, String wanted) {
        String value = values.getOrDefault(name, "");
        if (!grammar.matcher(value).matches()) {
            throw refused(name, wanted);
        }
        return value;
    }

    /** A whole number, or 0 when none was given. */
    int number(String name, int least, int most) {
        String value = values.get(name);
        if (value == null || value.equals("0")) {
            return 0;
        }
        if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw refused(name, "a whole number from " + least + " to " + most);
        }
        return Integer.parseInt(value);
    }

    boolean flag(String name) {
        String value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw refused(name, "true or false");
        }
        return value.equals("true");
    }

    IllegalArgumentException refused(String name, String wanted) {
        String value = values.getOrDefault(name, "").replaceAll("\\p{Cntrl}", "?");
        return new IllegalArgumentException("'" + (value.length() > 80 ? value.substring(0, 80) + "..." : value)
                + "' cannot be " + name.replaceAll("[^A-Za-z0-9_.-]", "?") + " of " + type
                + " in the parameter pod. Give "
                + wanted + ".");
    }
}
