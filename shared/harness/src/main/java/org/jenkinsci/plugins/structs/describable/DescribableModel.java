package org.jenkinsci.plugins.structs.describable;

import hudson.model.TaskListener;
import hudson.util.LogTaskListener;
import io.jenkins.plugins.shera.harness.pipeline.ArgumentBinder;
import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Makes objects of one data-bound class from named arguments. */
public final class DescribableModel<T> {
    /** The argument that names a class. */
    public static final String CLAZZ = "$class";

    private static final Logger LOGGER = Logger.getLogger(DescribableModel.class.getName());

    private final Class<T> type;
    private final Constructor<T> constructor;
    private final String[] constructorNames;
    private final Map<String, DescribableParameter> parameters = new LinkedHashMap<>();

    /** The model of this class. */
    public static <T> DescribableModel<T> of(Class<T> clazz) {
        return new DescribableModel<>(clazz);
    }

    public DescribableModel(Class<T> clazz) {
        type = clazz;
        constructorNames = new ClassDescriptor(type).loadConstructorParamNames();
        constructor = constructorOf(type, constructorNames.length);
        Type[] types = constructor.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            parameters.put(constructorNames[i], new DescribableParameter(constructorNames[i], types[i], null));
        }
        parameters.putAll(setters());
    }

    private Map<String, DescribableParameter> setters() {
        Map<String, DescribableParameter> found = new TreeMap<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(DataBoundSetter.class)) {
                    found.put(
                            field.getName(), new DescribableParameter(field.getName(), field.getGenericType(), field));
                }
            }
            for (Method method : c.getDeclaredMethods()) {
                if (method.isAnnotationPresent(DataBoundSetter.class)) {
                    if (!method.getName().startsWith("set") || method.getParameterCount() != 1) {
                        throw new IllegalStateException(method + " cannot be a @DataBoundSetter");
                    }
                    String name = Introspector.decapitalize(method.getName().substring(3));
                    found.put(name, new DescribableParameter(name, method.getGenericParameterTypes()[0], method));
                }
            }
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static <T> Constructor<T> constructorOf(Class<T> type, int count) {
        for (Constructor<?> candidate : type.getConstructors()) {
            if (candidate.isAnnotationPresent(DataBoundConstructor.class)) {
                return (Constructor<T>) candidate;
            }
        }
        throw new IllegalArgumentException(type + " does not have a constructor with " + count + " arguments");
    }

    public Class<T> getType() {
        return type;
    }

    /** All parameters, those of the constructor first. */
    public Collection<DescribableParameter> getParameters() {
        return Collections.unmodifiableCollection(parameters.values());
    }

    /** The parameter of this name, or null. */
    public DescribableParameter getParameter(String name) {
        return parameters.get(name);
    }

    public boolean hasSingleRequiredParameter() {
        return getSoleRequiredParameter() != null;
    }

    /** The only parameter of the constructor, or null when it has none or many. */
    public DescribableParameter getSoleRequiredParameter() {
        return constructorNames.length == 1 ? parameters.get(constructorNames[0]) : null;
    }

    /** The first parameter of the constructor, or null. */
    public DescribableParameter getFirstRequiredParameter() {
        return constructorNames.length == 0 ? null : parameters.get(constructorNames[0]);
    }

    /**
     * Makes an object.
     *
     * @param listener hears of arguments that nobody knows, or null
     * @throws IllegalArgumentException when an argument does not fit
     */
    public T instantiate(Map<String, ?> arguments, TaskListener listener) throws IllegalArgumentException {
        Map<String, ?> named = named(arguments);
        warnOfUnknown(named, listener == null ? new LogTaskListener(LOGGER, Level.WARNING) : listener);
        try {
            T object = constructor.newInstance(constructorArguments(named));
            for (DescribableParameter parameter : parameters.values()) {
                if (!parameter.isRequired() && named.containsKey(parameter.getName())) {
                    Object value = named.get(parameter.getName());
                    String where = type.getName() + "." + parameter.getName();
                    parameter.set(object, ArgumentBinder.bind(where, parameter.getRawType(), value));
                }
            }
            return object;
        } catch (InvocationTargetException e) {
            throw failed(arguments, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw failed(arguments, e);
        }
    }

    private IllegalArgumentException failed(Map<String, ?> arguments, Throwable cause) {
        return new IllegalArgumentException(
                "Could not instantiate " + arguments + " for " + type.getName() + ": " + cause, cause);
    }

    private Map<String, ?> named(Map<String, ?> arguments) {
        if (!arguments.containsKey(UninstantiatedDescribable.ANONYMOUS_KEY)) {
            return arguments;
        }
        if (arguments.size() != 1) {
            throw new IllegalArgumentException(
                    "All arguments have to be named but it has " + UninstantiatedDescribable.ANONYMOUS_KEY);
        }
        DescribableParameter sole = getSoleRequiredParameter();
        if (sole == null) {
            throw new IllegalArgumentException("Arguments to " + type + " have to be explicitly named");
        }
        return Collections.singletonMap(sole.getName(), arguments.get(UninstantiatedDescribable.ANONYMOUS_KEY));
    }

    private void warnOfUnknown(Map<String, ?> arguments, TaskListener listener) {
        Set<String> unknown = new TreeSet<>(arguments.keySet());
        unknown.removeAll(parameters.keySet());
        if (!unknown.isEmpty()) {
            listener.getLogger()
                    .println("WARNING: Unknown parameter(s) found for class type '" + type.getName() + "': "
                            + String.join(",", unknown));
        }
    }

    private Object[] constructorArguments(Map<String, ?> arguments) throws ReflectiveOperationException {
        Object[] values = new Object[constructorNames.length];
        for (int i = 0; i < values.length; i++) {
            String name = constructorNames[i];
            Type wanted = parameters.get(name).getRawType();
            Object given = arguments.get(name);
            if (given != null) {
                values[i] = ArgumentBinder.bind(type.getName() + "." + name, wanted, given);
            } else {
                values[i] = ArgumentBinder.absent(name, wanted);
            }
        }
        return values;
    }

    static Class<?> resolveClass(Class<?> base, String name) {
        return ArgumentBinder.resolveClass(base, name);
    }

    @Override
    public String toString() {
        return "(" + parameters.values() + ")";
    }
}
