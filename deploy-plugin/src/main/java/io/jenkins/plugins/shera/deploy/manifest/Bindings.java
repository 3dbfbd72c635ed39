package io.jenkins.plugins.shera.deploy.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Gives an application's container the login of middleware beside it, as variables that come from its Secret. */
public final class Bindings {

    private static final Pattern PREFIX = Pattern.compile("[A-Z]([A-Z0-9_]{0,38}[A-Z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final List<String> KEYS = List.of("host", "port", "user", "password", "name", "url");
    private static final int MOST = 20;

    private Bindings() {}

    /** Names of the variables that begin with this, in order. */
    public static List<String> variables(String prefix) {
        return KEYS.stream().map(key -> variable(prefix, key)).toList();
    }

    /** Name of the Secret that the login of this instance stands in. */
    public static String secret(String instance) {
        return instance + "-credentials";
    }

    private static String variable(String prefix, String key) {
        return prefix + "_" + key.toUpperCase(Locale.ROOT);
    }

    static void check(ApplicationSpec spec) {
        if (spec.bind().size() > MOST) {
            throw ApplicationSpec.refused("bind", spec.bind().size() + " instances", "at most " + MOST);
        }
        spec.bind().forEach((prefix, instance) -> {
            ApplicationSpec.checked(
                    "bind", prefix, PREFIX, "upper case letters, digits and '_' for what the variables begin with");
            ApplicationSpec.checked("bind", instance, NAME, "the name of middleware, as in bind: [DB: 'shop-db']");
            for (String variable : variables(prefix)) {
                if (spec.env().containsKey(variable) || spec.secretVariables().contains(variable)) {
                    throw ApplicationSpec.refused(
                            "bind", prefix, "another prefix: " + variable + " is one of env or secrets already");
                }
            }
        });
    }

    static void mount(ApplicationSpec spec, ObjectNode container) {
        spec.bind()
                .forEach((prefix, instance) -> KEYS.forEach(key -> container
                        .withArrayProperty("env")
                        .addObject()
                        .put("name", variable(prefix, key))
                        .putObject("valueFrom")
                        .putObject("secretKeyRef")
                        .put("name", secret(instance))
                        .put("key", key)));
    }
}
