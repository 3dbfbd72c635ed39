package hudson.util;

import hudson.model.Saveable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** A list that saves its owner when it changes. */
public class PersistedList<T> extends AbstractList<T> {
    protected final CopyOnWriteList<T> data = new CopyOnWriteList<>();
    protected Saveable owner = Saveable.NOOP;

    protected PersistedList() {}

    public PersistedList(Collection<? extends T> initialList) {
        data.replaceBy(initialList);
    }

    public PersistedList(Saveable owner) {
        setOwner(owner);
    }

    public void setOwner(Saveable owner) {
        this.owner = owner;
    }

    @Override
    public boolean add(T item) {
        data.add(item);
        modified();
        return true;
    }

    @Override
    public boolean addAll(Collection<? extends T> items) {
        data.addAll(items);
        modified();
        return true;
    }

    /** Replaces all. */
    public void replaceBy(Collection<? extends T> col) throws IOException {
        data.replaceBy(col);
        onModified();
    }

    @Override
    public T get(int index) {
        return data.getView().get(index);
    }

    /** The first of a type, or null. */
    public <U extends T> U get(Class<U> type) {
        return data.getView().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean remove(Object o) {
        boolean was = data.remove((T) o);
        if (was) {
            modified();
        }
        return was;
    }

    /** Removes those of a type. */
    public <U extends T> void remove(Class<U> type) throws IOException {
        data.replaceBy(data.getView().stream().filter(t -> !type.isInstance(t)).toList());
        onModified();
    }

    @Override
    public void clear() {
        data.clear();
    }

    @Override
    public Iterator<T> iterator() {
        return data.iterator();
    }

    @Override
    public int size() {
        return data.size();
    }

    public List<T> toList() {
        return data.getView();
    }

    private void modified() {
        try {
            onModified();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Saves the owner. */
    protected void onModified() throws IOException {
        owner.save();
    }
}
