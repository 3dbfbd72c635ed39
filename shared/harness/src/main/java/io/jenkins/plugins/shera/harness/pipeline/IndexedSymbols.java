package io.jenkins.plugins.shera.harness.pipeline;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.SymbolLookup;

/** The classes that the build listed as carrying a symbol: what is not in a list does not resolve, as in Jenkins. */
public final class IndexedSymbols {
    private static final Map<ClassLoader, Set<String>> KNOWN = new WeakHashMap<>();

    private IndexedSymbols() {}

    /** True when an index lists the class. */
    public static boolean contains(Class<?> type) {
        return names(Jenkins.get().getPluginManager().uberClassLoader).contains(type.getName());
    }

    /** The symbols that make objects of this type. */
    public static Set<String> of(Class<?> type) {
        Set<String> symbols = new TreeSet<>();
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (type.isAssignableFrom(descriptor.clazz) && contains(descriptor.getClass())) {
                symbols.addAll(SymbolLookup.getSymbolValue(descriptor));
            }
        }
        return symbols;
    }

    private static Set<String> names(ClassLoader loader) {
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(loader, IndexedSymbols::read);
        }
    }

    private static Set<String> read(ClassLoader loader) {
        Set<String> names = new HashSet<>();
        try {
            var indexes = loader.getResources("META-INF/services/annotations/" + Symbol.class.getName());
            while (indexes.hasMoreElements()) {
                URL index = indexes.nextElement();
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines().map(String::trim).forEach(names::add);
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException("The index of symbols cannot be read", e);
        }
    }
}
