package io.jenkins.plugins.shera.build.steps;

import java.util.LinkedHashMap;
import java.util.Map;

/** What Groovy makes of a map, as texts: its values may be numbers and texts with variables. */
final class Texts {
    private Texts() {}

    static Map<String, String> of(Map<String, ?> map) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map != null) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }
}
