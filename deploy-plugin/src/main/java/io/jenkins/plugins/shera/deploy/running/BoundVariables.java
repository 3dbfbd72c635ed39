package io.jenkins.plugins.shera.deploy.running;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.deploy.manifest.Bindings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the bindings to middleware in variables that come from its Secrets: whole sets of them under one prefix. */
final class BoundVariables {

    private static final String SUFFIX = Bindings.secret("");

    /** Names of Secrets by variable. */
    private final Map<String, String> taken = new TreeMap<>();

    /** Whether the variable may be one of a binding. */
    boolean take(String variable, JsonNode key) {
        String secret = key.path("name").asText("");
        if (!secret.endsWith(SUFFIX) || secret.equals(SUFFIX)) {
            return false;
        }
        taken.put(variable, secret);
        return true;
    }

    /** Names of middleware by prefix. */
    Map<String, String> whole() {
        Map<String, String> whole = new TreeMap<>();
        taken.forEach((variable, secret) -> {
            String prefix = variable.replaceAll("_[A-Z]+$", "");
            if (isWhole(prefix, secret)) {
                whole.put(prefix, secret.substring(0, secret.length() - SUFFIX.length()));
            }
        });
        return whole;
    }

    private boolean isWhole(String prefix, String secret) {
        return Bindings.variables(prefix).stream().allMatch(each -> secret.equals(taken.get(each)));
    }

    /** Variables that belong to no whole set. */
    List<String> broken() {
        List<String> known = whole().keySet().stream()
                .flatMap(prefix -> Bindings.variables(prefix).stream())
                .toList();
        return taken.keySet().stream().filter(each -> !known.contains(each)).toList();
    }
}
