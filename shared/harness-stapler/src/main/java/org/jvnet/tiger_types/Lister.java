package org.jvnet.tiger_types;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/** Collects items for a parameter or property that is an array or a collection. */
public abstract class Lister<T> {
    public final Class<?> itemType;
    public final Type itemGenericType;
    private final Collection<Object> items;

    private Lister(Type itemGenericType, Collection<Object> items) {
        this.itemType = Types.erasure(itemGenericType);
        this.itemGenericType = itemGenericType;
        this.items = items;
    }

    public void add(Object item) {
        items.add(item);
    }

    /** What was collected, as the type it was created for. */
    public abstract T toCollection();

    /** A lister for that type; null if it is neither array nor collection. */
    @SuppressWarnings("unchecked")
    public static <T> Lister<T> create(Class<T> raw, Type type) {
        if (raw.isArray()) {
            return new Lister<>(raw.getComponentType(), new ArrayList<>()) {
                @Override
                public T toCollection() {
                    Object array = Array.newInstance(itemType, super.items.size());
                    int i = 0;
                    for (Object item : super.items) {
                        Array.set(array, i++, item);
                    }
                    return (T) array;
                }
            };
        }
        if (!Collection.class.isAssignableFrom(raw)) {
            return null;
        }
        Type item = Types.getTypeArgument(Types.getBaseClass(type, Collection.class), 0, Object.class);
        return new Lister<>(item, empty(raw)) {
            @Override
            public T toCollection() {
                return (T) super.items;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static Collection<Object> empty(Class<?> raw) {
        for (Class<?> known : List.of(ArrayList.class, LinkedHashSet.class, HashSet.class)) {
            if (raw.isAssignableFrom(known)) {
                return known == ArrayList.class ? new ArrayList<>() : new LinkedHashSet<>();
            }
        }
        try {
            return (Collection<Object>) raw.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("No public constructor without arguments to fill a " + raw, e);
        }
    }
}
