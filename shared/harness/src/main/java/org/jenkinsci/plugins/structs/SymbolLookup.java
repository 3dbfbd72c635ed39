package org.jenkinsci.plugins.structs;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import io.jenkins.plugins.shera.harness.pipeline.IndexedSymbols;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jenkinsci.Symbol;

/** Finds descriptors by the {@code @Symbol} they carry, through the index that the build writes. */
public class SymbolLookup {
    private static final SymbolLookup INSTANCE = new SymbolLookup();

    public static SymbolLookup get() {
        return INSTANCE;
    }

    /** The extension of this type with this symbol, or null. */
    public <T> T find(Class<T> type, String symbol) {
        for (T extension : ExtensionList.lookup(type)) {
            if (carries(extension.getClass(), symbol)) {
                return extension;
            }
        }
        return null;
    }

    /** The descriptor with this symbol whose objects are of this type, or null. */
    @SuppressWarnings("rawtypes")
    public Descriptor findDescriptor(Class<?> type, String symbol) {
        for (Descriptor descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (type.isAssignableFrom(descriptor.clazz) && carries(descriptor.getClass(), symbol)) {
                return descriptor;
            }
        }
        return null;
    }

    private static boolean carries(Class<?> type, String symbol) {
        return getSymbolValue(type).contains(symbol) && IndexedSymbols.contains(type);
    }

    /** The symbols of this object's class, or of the descriptor itself. */
    public static Set<String> getSymbolValue(Object o) {
        return getSymbolValue(o.getClass());
    }

    /** The symbols of this class. */
    public static Set<String> getSymbolValue(Class<?> c) {
        Symbol symbol = c.getAnnotation(Symbol.class);
        return symbol == null ? Collections.emptySet() : new LinkedHashSet<>(Arrays.asList(symbol.value()));
    }
}
