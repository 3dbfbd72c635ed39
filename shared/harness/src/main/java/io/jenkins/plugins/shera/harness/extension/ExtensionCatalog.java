package io.jenkins.plugins.shera.harness.extension;

import hudson.Extension;
import hudson.ExtensionComponent;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;

/** Every extension of a running Jenkins, one instance each, as the SezPoz index of the class path lists them. */
public final class ExtensionCatalog {
    private static final Logger LOGGER = Logger.getLogger(ExtensionCatalog.class.getName());
    private static final Map<Jenkins, ExtensionCatalog> CATALOGS = Collections.synchronizedMap(new WeakHashMap<>());

    private final List<IndexItem<Extension, Object>> items = new ArrayList<>();
    private final Map<IndexItem<Extension, Object>, Object> instances = new HashMap<>();
    private final Set<IndexItem<Extension, Object>> failed = new HashSet<>();
    private final ThreadLocal<Set<IndexItem<Extension, Object>>> underWay = ThreadLocal.withInitial(HashSet::new);

    private ExtensionCatalog(ClassLoader loader) {
        for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, loader)) {
            items.add(item);
        }
    }

    /** The catalog of the given Jenkins; read on first use. */
    public static ExtensionCatalog of(Jenkins jenkins) {
        synchronized (CATALOGS) {
            return CATALOGS.computeIfAbsent(
                    jenkins, key -> new ExtensionCatalog(key.getPluginManager().uberClassLoader));
        }
    }

    /** Forgets the extensions of a Jenkins that has stopped. */
    public static void forget(Jenkins jenkins) {
        CATALOGS.remove(jenkins);
    }

    /** Whether no extension is being created on this thread, so that what {@link #find} returned was complete. */
    public boolean isReady() {
        return underWay.get().isEmpty();
    }

    /** The extensions of a type, unsorted. */
    public <T> List<ExtensionComponent<T>> find(Class<T> type) {
        List<ExtensionComponent<T>> found = new ArrayList<>();
        for (IndexItem<Extension, Object> item : items) {
            Object instance = mayBe(item, type) ? instance(item) : null;
            if (type.isInstance(instance)) {
                found.add(new ExtensionComponent<>(type.cast(instance), item.annotation()));
            }
        }
        return found;
    }

    private boolean mayBe(IndexItem<Extension, Object> item, Class<?> type) {
        if (failed.contains(item)) {
            return false;
        }
        try {
            AnnotatedElement element = item.element();
            if (element instanceof Class) {
                return type.isAssignableFrom((Class<?>) element);
            }
            Class<?> declared =
                    element instanceof Field ? ((Field) element).getType() : ((Method) element).getReturnType();
            return type.isAssignableFrom(declared) || declared.isAssignableFrom(type);
        } catch (InstantiationException | LinkageError e) {
            fail(item, e);
            return false;
        }
    }

    private synchronized Object instance(IndexItem<Extension, Object> item) {
        Object instance = instances.get(item);
        if (instance != null || failed.contains(item) || !underWay.get().add(item)) {
            return instance;
        }
        try {
            instance = item.instance();
            instances.put(item, instance);
            return instance;
        } catch (InstantiationException | LinkageError | RuntimeException e) {
            fail(item, e);
            return null;
        } finally {
            underWay.get().remove(item);
        }
    }

    private synchronized void fail(IndexItem<Extension, Object> item, Throwable cause) {
        failed.add(item);
        LOGGER.log(
                item.annotation().optional() ? Level.FINE : Level.WARNING,
                "Failed to load the extension " + item.className(),
                cause);
    }
}
