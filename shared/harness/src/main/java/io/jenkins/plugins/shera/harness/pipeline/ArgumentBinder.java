package io.jenkins.plugins.shera.harness.pipeline;

import groovy.lang.GString;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Result;
import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.codehaus.groovy.reflection.ReflectionCache;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** Turns a value of a script into the type that a parameter declares. */
public final class ArgumentBinder {
    private ArgumentBinder() {}

    /**
     * Converts.
     *
     * @param where names the parameter in messages
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public static Object bind(String where, Type wanted, Object given) {
        Class<?> erased = GenericTypes.erase(wanted);
        Object value =
                wanted instanceof Class ? ReflectionCache.getCachedClass(erased).coerceArgument(given) : given;
        if (value instanceof GString) {
            value = value.toString();
        }
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(erased)) {
            List<Object> bound = bindAll(where, GenericTypes.elementOf(wanted), list);
            return Set.class.isAssignableFrom(erased) ? new LinkedHashSet<>(bound) : bound;
        }
        if (boxed(erased).isInstance(value)) {
            return value;
        }
        if (value instanceof UninstantiatedDescribable symbol) {
            return symbol.instantiate(erased, null);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> arguments = new LinkedHashMap<>();
            map.forEach((k, v) -> arguments.put(String.valueOf(k), v));
            Class<?> type = resolveClass(erased, (String) arguments.remove(DescribableModel.CLAZZ));
            return new DescribableModel<>(type).instantiate(arguments, null);
        }
        if (value instanceof List<?> list && erased.isArray()) {
            return bindAll(where, erased.getComponentType(), list)
                    .toArray((Object[]) Array.newInstance(erased.getComponentType(), list.size()));
        }
        if (value instanceof String text) {
            return parse(where, wanted, erased, text);
        }
        throw mismatch(where, wanted, value);
    }

    private static List<Object> bindAll(String where, Type element, List<?> given) {
        List<Object> bound = new ArrayList<>();
        for (Object value : given) {
            bound.add(bind(where, element, value));
        }
        return bound;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object parse(String where, Type wanted, Class<?> erased, String text) {
        try {
            if (erased.isEnum()) {
                return Enum.valueOf((Class) erased, text);
            }
            if (erased == URL.class) {
                return new URL(text);
            }
            if (erased == Result.class) {
                return Result.fromString(text);
            }
            Class<?> boxed = boxed(erased);
            if (boxed == Boolean.class) {
                return Boolean.valueOf(text);
            }
            if (boxed == Integer.class) {
                return Integer.valueOf(text);
            }
            if (boxed == Long.class) {
                return Long.valueOf(text);
            }
            if (boxed == Double.class) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            throw new ClassCastException(where + " expects " + wanted
                    + " but was unable to coerce the received value \"" + text + "\" to that type");
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
        throw mismatch(where, wanted, text);
    }

    private static ClassCastException mismatch(String where, Type wanted, Object value) {
        return new ClassCastException(where + " expects " + wanted + " but received " + value.getClass());
    }

    /** What a constructor gets for a parameter that was not given. */
    public static Object absent(String name, Type wanted) {
        if (wanted == boolean.class) {
            return false;
        }
        if (wanted == int.class) {
            return 0;
        }
        if (wanted == long.class) {
            return 0L;
        }
        if (wanted == double.class) {
            return 0d;
        }
        if (wanted instanceof Class<?> plain && plain.isPrimitive()) {
            throw new UnsupportedOperationException("not yet handling @DataBoundConstructor default value of " + wanted
                    + "; pass an explicit value for " + name);
        }
        return null;
    }

    /** The class that {@code $class} names, or the only sensible one when there is no name. */
    public static Class<?> resolveClass(Class<?> base, String name) {
        if (name == null) {
            if (Modifier.isAbstract(base.getModifiers())) {
                throw new UnsupportedOperationException(
                        "must specify $class with an implementation of " + base.getName());
            }
            return base;
        }
        if (name.contains(".")) {
            try {
                return Jenkins.get().getPluginManager().uberClassLoader.loadClass(name);
            } catch (ClassNotFoundException e) {
                throw new UnsupportedOperationException("no such class " + name, e);
            }
        }
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (base.isAssignableFrom(descriptor.clazz)
                    && descriptor.clazz.getSimpleName().equals(name)) {
                return descriptor.clazz;
            }
        }
        throw new UnsupportedOperationException("no known implementation of " + base + " is named " + name);
    }

    private static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
