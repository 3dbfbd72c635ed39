package io.jenkins.plugins.shera.demo.hpi;

import hudson.model.Hudson;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.StreamTaskListener;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.DescribableModel;

/** A process that sets what a file of configuration as code sets, by the same constructors and setters, and says what it set. */
final class ConfiguredPlugins {
    private ConfiguredPlugins() {}

    /** @param arguments the home, and a file with the section {@code unclassified} as a serialized map */
    @SuppressWarnings("unchecked")
    public static void main(String[] arguments) throws Exception {
        Map<String, Map<String, Object>> sections;
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(Path.of(arguments[1])))) {
            sections = (Map<String, Map<String, Object>>) in.readObject();
        }
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            Jenkins jenkins = new Hudson(Path.of(arguments[0]).toFile(), null);
            for (Map.Entry<String, Map<String, Object>> section : sections.entrySet()) {
                GlobalConfiguration page = page(jenkins, section.getKey());
                for (Map.Entry<String, Object> each : section.getValue().entrySet()) {
                    set(page, each.getKey(), each.getValue());
                    System.out.println("set " + section.getKey() + "." + each.getKey() + " = "
                            + String.valueOf(getter(page, each.getKey())).replace('\n', ' '));
                }
            }
            jenkins.getExtensionList(GlobalConfiguration.class).stream()
                    .filter(page -> page.getClass().getName().contains(".shera."))
                    .forEach(page -> Arrays.stream(page.getClass().getMethods())
                            .filter(method -> method.getName().matches("set[A-Z].*"))
                            .filter(method ->
                                    method.getDeclaringClass() == page.getClass() && method.getParameterCount() == 1)
                            .forEach(method ->
                                    System.out.println("known " + symbol(page) + "." + property(method.getName()))));
            jenkins.cleanUp();
        }
        System.exit(0);
    }

    private static GlobalConfiguration page(Jenkins jenkins, String symbol) {
        return jenkins.getExtensionList(GlobalConfiguration.class).stream()
                .filter(page -> symbol.equals(symbol(page)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No configuration has the symbol " + symbol));
    }

    private static String symbol(GlobalConfiguration page) {
        Symbol symbol = page.getClass().getAnnotation(Symbol.class);
        return symbol == null ? page.getClass().getName() : symbol.value()[0];
    }

    private static String property(String setter) {
        return Character.toLowerCase(setter.charAt(3)) + setter.substring(4);
    }

    private static Object getter(Object page, String name) throws ReflectiveOperationException {
        Object value = page.getClass()
                .getMethod("get" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .invoke(page);
        return value instanceof List<?> list ? list.size() + " of them" : value;
    }

    private static void set(Object page, String name, Object value) throws Exception {
        Method setter = Arrays.stream(page.getClass().getMethods())
                .filter(method -> method.getName().startsWith("set") && method.getParameterCount() == 1)
                .filter(method -> property(method.getName()).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(page.getClass().getName() + " has no " + name));
        setter.invoke(page, value(setter.getGenericParameterTypes()[0], value));
    }

    private static Object value(Type wanted, Object given) throws Exception {
        if (!(given instanceof List<?> list)) {
            return given;
        }
        List<Object> made = new ArrayList<>();
        Class<?> element = (Class<?>) ((ParameterizedType) wanted).getActualTypeArguments()[0];
        for (Object each : list) {
            made.add(make(element, (Map<?, ?>) each));
        }
        return made;
    }

    @SuppressWarnings("unchecked")
    private static Object make(Class<?> type, Map<?, ?> given) throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        TaskListener listener = new StreamTaskListener(heard, StandardCharsets.UTF_8);
        Object made = new DescribableModel<>(type).instantiate((Map<String, ?>) given, listener);
        if (heard.size() > 0) {
            throw new IllegalArgumentException(heard.toString(StandardCharsets.UTF_8));
        }
        return made;
    }
}
