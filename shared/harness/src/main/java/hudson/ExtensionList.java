package hudson;

import io.jenkins.plugins.shera.harness.extension.ExtensionCatalog;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;

/** The extensions of one type, highest ordinal first, found through the SezPoz index. */
public class ExtensionList<T> extends AbstractList<T> {
    /** The type every member has. */
    public final Class<T> extensionType;

    private final Jenkins owner;
    private final List<ExtensionListListener> listeners = new CopyOnWriteArrayList<>();
    private final List<ExtensionComponent<T>> added = new ArrayList<>();
    private final Set<T> removed = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile List<ExtensionComponent<T>> loaded;

    protected ExtensionList(Jenkins jenkins, Class<T> extensionType) {
        this.owner = jenkins;
        this.extensionType = extensionType;
    }

    /** Makes the list for a type; {@link Jenkins} keeps it. */
    public static <T> ExtensionList<T> create(Jenkins jenkins, Class<T> type) {
        return new ExtensionList<>(jenkins, type);
    }

    /** All extensions of the type; empty when no Jenkins runs. */
    public static <T> ExtensionList<T> lookup(Class<T> type) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null ? create(null, type) : jenkins.getExtensionList(type);
    }

    /** The one extension of the type; fails when there is none or more than one. */
    public static <U> U lookupSingleton(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.size() != 1) {
            throw new IllegalStateException("Expected 1 instance of " + type.getName() + " but got " + all.size());
        }
        return all.get(0);
    }

    /** The first extension of the type; fails when there is none. */
    public static <U> U lookupFirst(Class<U> type) {
        ExtensionList<U> all = lookup(type);
        if (all.isEmpty()) {
            throw new IllegalStateException("Found no instances of " + type.getName());
        }
        return all.get(0);
    }

    /** The member of exactly the given class, or null. */
    public <U extends T> U get(Class<U> type) {
        for (T extension : this) {
            if (extension.getClass() == type) {
                return type.cast(extension);
            }
        }
        return null;
    }

    /** As {@link #get(Class)}, but fails when there is none. */
    public <U extends T> U getInstance(Class<U> type) {
        for (T extension : this) {
            if (type.isInstance(extension)) {
                return type.cast(extension);
            }
        }
        throw new IllegalStateException("No " + type.getName() + " is registered");
    }

    @Override
    public Iterator<T> iterator() {
        List<T> snapshot = new ArrayList<>();
        components().forEach(component -> snapshot.add(component.getInstance()));
        return Collections.unmodifiableList(snapshot).iterator();
    }

    @Override
    public T get(int index) {
        return components().get(index).getInstance();
    }

    @Override
    public int size() {
        return components().size();
    }

    /** The members in reverse order. */
    public List<T> reverseView() {
        List<T> reversed = new ArrayList<>(this);
        Collections.reverse(reversed);
        return reversed;
    }

    @Override
    public synchronized boolean add(T extension) {
        add(0, extension);
        return true;
    }

    @Override
    public synchronized void add(int index, T extension) {
        added.add(new ExtensionComponent<>(extension));
        changed();
    }

    @Override
    public synchronized boolean remove(Object extension) {
        boolean was = contains(extension);
        added.removeIf(component -> component.getInstance() == extension);
        if (was) {
            removed.add(extensionType.cast(extension));
            changed();
        }
        return was;
    }

    @Override
    public synchronized T remove(int index) {
        T extension = get(index);
        remove(extension);
        return extension;
    }

    /** Asks to be told of changes. */
    public void addListener(ExtensionListListener listener) {
        listeners.add(listener);
    }

    /** The components this list is made of, before sorting. */
    protected List<ExtensionComponent<T>> load() {
        return owner == null ? List.of() : ExtensionCatalog.of(owner).find(extensionType);
    }

    private List<ExtensionComponent<T>> components() {
        List<ExtensionComponent<T>> current = loaded;
        if (current == null) {
            synchronized (this) {
                current = new ArrayList<>(added);
                for (ExtensionComponent<T> component : load()) {
                    if (!removed.contains(component.getInstance())) {
                        current.add(component);
                    }
                }
                current = sort(current);
                if (owner == null || ExtensionCatalog.of(owner).isReady()) {
                    loaded = current;
                }
            }
        }
        return current;
    }

    /** The components in the order of the list. */
    protected List<ExtensionComponent<T>> sort(List<ExtensionComponent<T>> components) {
        List<ExtensionComponent<T>> sorted = new ArrayList<>(components);
        Collections.sort(sorted);
        return sorted;
    }

    private void changed() {
        loaded = null;
        listeners.forEach(ExtensionListListener::onChange);
    }
}
