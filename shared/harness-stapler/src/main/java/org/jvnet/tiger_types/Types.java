package org.jvnet.tiger_types;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;

/** Questions about a generic type. */
public final class Types {
    private Types() {}

    /** The class a value of this type has at run time. */
    @SuppressWarnings("unchecked")
    public static <T> Class<T> erasure(Type type) {
        if (type instanceof Class<?> c) {
            return (Class<T>) c;
        }
        if (type instanceof ParameterizedType p) {
            return erasure(p.getRawType());
        }
        if (type instanceof GenericArrayType a) {
            return (Class<T>)
                    Array.newInstance(erasure(a.getGenericComponentType()), 0).getClass();
        }
        if (type instanceof TypeVariable<?> v) {
            return erasure(v.getBounds()[0]);
        }
        if (type instanceof WildcardType w) {
            return erasure(w.getUpperBounds()[0]);
        }
        throw new IllegalArgumentException("Not a type of the Java language: " + type);
    }

    /** This type seen as the given supertype, arguments filled in; null if it is none. */
    public static Type getBaseClass(Type type, Class<?> base) {
        Class<?> raw = erasure(type);
        if (raw == base) {
            return type instanceof TypeVariable<?> || type instanceof WildcardType ? raw : type;
        }
        if (!base.isAssignableFrom(raw)) {
            return null;
        }
        if (raw.getGenericSuperclass() != null && base.isAssignableFrom(raw.getSuperclass())) {
            return getBaseClass(seenFrom(type, raw, raw.getGenericSuperclass()), base);
        }
        for (Type parent : raw.getGenericInterfaces()) {
            if (base.isAssignableFrom(erasure(parent))) {
                return getBaseClass(seenFrom(type, raw, parent), base);
            }
        }
        return base;
    }

    private static Type seenFrom(Type child, Class<?> raw, Type parent) {
        return child instanceof ParameterizedType p ? bind(parent, raw, p) : parent;
    }

    /** The type with every variable of the declaration replaced by its argument. */
    public static Type bind(Type type, GenericDeclaration declaration, ParameterizedType arguments) {
        if (type instanceof TypeVariable<?> v && v.getGenericDeclaration().equals(declaration)) {
            int i = Arrays.asList(declaration.getTypeParameters()).indexOf(v);
            return i < 0 ? v : arguments.getActualTypeArguments()[i];
        }
        if (type instanceof ParameterizedType p) {
            Type[] bound = Arrays.stream(p.getActualTypeArguments())
                    .map(t -> bind(t, declaration, arguments))
                    .toArray(Type[]::new);
            return new Bound(p.getRawType(), p.getOwnerType(), bound);
        }
        if (type instanceof GenericArrayType a) {
            return Array.newInstance(erasure(bind(a.getGenericComponentType(), declaration, arguments)), 0)
                    .getClass();
        }
        if (type instanceof WildcardType w) {
            return bind(w.getUpperBounds()[0], declaration, arguments);
        }
        return type;
    }

    /** The argument at that place; it must have one. */
    public static Type getTypeArgument(Type type, int i) {
        Type argument = getTypeArgument(type, i, null);
        if (argument == null) {
            throw new IllegalArgumentException(type + " has no type argument " + i);
        }
        return argument;
    }

    /** The argument at that place, else the default. */
    public static Type getTypeArgument(Type type, int i, Type otherwise) {
        return type instanceof ParameterizedType p && i < p.getActualTypeArguments().length
                ? p.getActualTypeArguments()[i]
                : otherwise;
    }

    private record Bound(Type getRawType, Type getOwnerType, Type[] getActualTypeArguments)
            implements ParameterizedType {
        @Override
        public String toString() {
            return getRawType.getTypeName() + Arrays.toString(getActualTypeArguments);
        }
    }
}
