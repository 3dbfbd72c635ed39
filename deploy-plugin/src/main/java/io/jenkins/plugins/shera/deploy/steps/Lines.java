package io.jenkins.plugins.shera.deploy.steps;

import hudson.Util;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A map as a form shows it: lines {@code NAME=VALUE}, which a map of a Jenkinsfile cannot be there. */
public final class Lines {

    private Lines() {}

    /** What a form shows. */
    public static String of(Map<String, String> map) {
        return map.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("\n"));
    }

    /**
     * What a form sends; nothing of null.
     *
     * @throws IllegalArgumentException naming the first line that has no name before a sign of equality
     */
    public static Map<String, String> read(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String line : Util.fixNull(text).split("\\R")) {
            int sign = line.indexOf('=');
            String name = line.substring(0, Math.max(0, sign)).strip();
            if (!name.isEmpty()) {
                map.put(name, line.substring(sign + 1));
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException(Messages.Lines_line(line.strip()));
            }
        }
        return map;
    }

    /** Takes what Groovy makes of a map, so values may be numbers and texts with variables; nothing of null. */
    public static Map<String, String> texts(Map<String, ?> map) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map != null) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }
}
