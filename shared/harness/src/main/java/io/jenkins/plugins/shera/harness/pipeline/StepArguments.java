package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** The arguments of one call in a script, told apart into named values and the body. */
record StepArguments(Map<String, Object> named, Closure<?> body) {
    /**
     * Reads what a script passed.
     *
     * @param sole the name of the argument that may be given without one, or null
     */
    static StepArguments of(Object passed, boolean takesBody, String sole) {
        List<Object> list = new ArrayList<>(
                passed instanceof Object[] array ? Arrays.asList(array) : passed == null ? List.of() : List.of(passed));
        Closure<?> body = null;
        if (takesBody && !list.isEmpty() && list.get(list.size() - 1) instanceof Closure<?> last) {
            body = last;
            list.remove(list.size() - 1);
        }
        if (list.isEmpty()) {
            return new StepArguments(Map.of(), body);
        }
        if (list.size() == 1) {
            Object only = list.get(0);
            if (only instanceof Map<?, ?> map && (sole == null || !isSoleMap(map, sole))) {
                return new StepArguments(flattened(map), body);
            }
            if (sole != null) {
                Map<String, Object> named = new LinkedHashMap<>();
                named.put(sole, flatten(only));
                return new StepArguments(named, body);
            }
        }
        throw new IllegalArgumentException("Expected named arguments but got " + list);
    }

    private static boolean isSoleMap(Map<?, ?> map, String sole) {
        return !sole.equals(UninstantiatedDescribable.ANONYMOUS_KEY) && map.containsKey("$class");
    }

    private static Map<String, Object> flattened(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, value) -> named.put(String.valueOf(name), flatten(value)));
        return named;
    }

    private static Object flatten(Object value) {
        if (value instanceof GString) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(flatten(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map && !(value instanceof UninstantiatedDescribable)) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(flatten(k), flatten(v)));
            return copy;
        }
        return value;
    }
}
