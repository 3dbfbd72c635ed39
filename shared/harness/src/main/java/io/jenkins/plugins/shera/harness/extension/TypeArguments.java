package io.jenkins.plugins.shera.harness.extension;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Resolves what a class passes for the type parameter of one of its supertypes. */
public final class TypeArguments {
    private TypeArguments() {}

    /** The erasure of the first argument that {@code type} gives to {@code generic}; null when it is raw. */
    public static Class<?> first(Class<?> type, Class<?> generic) {
        return erase(resolve(type, generic, Map.of()));
    }

    private static Type resolve(Type type, Class<?> generic, Map<TypeVariable<?>, Type> known) {
        Class<?> raw = erase(type);
        if (raw == null) {
            return null;
        }
        Map<TypeVariable<?>, Type> here = new HashMap<>();
        if (type instanceof ParameterizedType) {
            Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
            for (int i = 0; i < arguments.length; i++) {
                here.put(raw.getTypeParameters()[i], known.getOrDefault(arguments[i], arguments[i]));
            }
        }
        if (raw == generic) {
            TypeVariable<?> variable = raw.getTypeParameters()[0];
            return here.getOrDefault(variable, variable);
        }
        List<Type> supers = new ArrayList<>(List.of(raw.getGenericInterfaces()));
        if (raw.getGenericSuperclass() != null) {
            supers.add(raw.getGenericSuperclass());
        }
        for (Type above : supers) {
            if (generic.isAssignableFrom(Objects.requireNonNull(erase(above)))) {
                return resolve(above, generic, here);
            }
        }
        return null;
    }

    private static Class<?> erase(Type type) {
        if (type instanceof Class) {
            return (Class<?>) type;
        }
        if (type instanceof ParameterizedType) {
            return (Class<?>) ((ParameterizedType) type).getRawType();
        }
        if (type instanceof TypeVariable) {
            return erase(((TypeVariable<?>) type).getBounds()[0]);
        }
        return type instanceof WildcardType ? erase(((WildcardType) type).getUpperBounds()[0]) : null;
    }
}
