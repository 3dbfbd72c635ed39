package io.jenkins.plugins.shera.harness.cps;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** A Groovy category that gives loops iterators and map entries that can be saved in the middle of the loop. */
public final class SavedIterators {
    private SavedIterators() {}

    public static <E> Iterator<E> iterator(List<E> self) {
        return new Cursor<>(self);
    }

    public static <E> Iterator<E> iterator(Collection<E> self) {
        return new Cursor<>(self);
    }

    public static <E> Iterator<E> iterator(Set<E> self) {
        return new Cursor<>(self);
    }

    public static <E> Iterator<E> iterator(Iterable<E> self) {
        List<E> all = new ArrayList<>();
        self.forEach(all::add);
        return new Cursor<>(all);
    }

    public static <E> Iterator<E> iterator(E[] self) {
        return new Cursor<>(Arrays.asList(self));
    }

    public static <K, V> Iterator<Map.Entry<K, V>> iterator(Map<K, V> self) {
        return new Cursor<>(entrySet(self));
    }

    public static <E> ListIterator<E> listIterator(List<E> self) {
        return new ArrayList<>(self).listIterator();
    }

    public static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> self) {
        Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
        for (Map.Entry<K, V> entry : self.entrySet()) {
            entries.add(new AbstractMap.SimpleImmutableEntry<>(entry));
        }
        return entries;
    }

    public static <K> Set<K> keySet(Map<K, ?> self) {
        return new LinkedHashSet<>(self.keySet());
    }

    public static <V> Collection<V> values(Map<?, V> self) {
        return new ArrayList<>(self.values());
    }

    private static final class Cursor<E> implements Iterator<E>, Serializable {
        private static final long serialVersionUID = 1L;

        private final List<E> elements;
        private int next;

        Cursor(Collection<E> elements) {
            this.elements = new ArrayList<>(elements);
        }

        @Override
        public boolean hasNext() {
            return next < elements.size();
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return elements.get(next++);
        }
    }
}
