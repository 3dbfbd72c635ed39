package hudson.util;

import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.mapper.Mapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** A list whose iterators see one moment. */
public class CopyOnWriteList<E> implements Iterable<E> {
    private volatile List<? extends E> core;

    public CopyOnWriteList(List<E> core) {
        this.core = List.copyOf(core);
    }

    public CopyOnWriteList() {
        this(List.of());
    }

    public synchronized void add(E e) {
        List<E> next = new ArrayList<>(core);
        next.add(e);
        core = List.copyOf(next);
    }

    public synchronized void addAll(Collection<? extends E> items) {
        List<E> next = new ArrayList<>(core);
        next.addAll(items);
        core = List.copyOf(next);
    }

    public synchronized boolean remove(E e) {
        List<E> next = new ArrayList<>(core);
        boolean was = next.remove(e);
        core = List.copyOf(next);
        return was;
    }

    public void replaceBy(CopyOnWriteList<? extends E> that) {
        core = that.core;
    }

    public void replaceBy(Collection<? extends E> that) {
        core = List.copyOf(that);
    }

    public void clear() {
        core = List.of();
    }

    @Override
    public Iterator<E> iterator() {
        return getView().iterator();
    }

    /** This moment, unmodifiable. */
    public List<E> getView() {
        return Collections.unmodifiableList(core);
    }

    public boolean isEmpty() {
        return core.isEmpty();
    }

    public int size() {
        return core.size();
    }

    public boolean contains(Object item) {
        return core.contains(item);
    }

    /** Writes the elements without a wrapper. */
    public static final class ConverterImpl extends CollectionConverter {
        public ConverterImpl(Mapper mapper) {
            super(mapper);
        }

        @Override
        public boolean canConvert(Class type) {
            return type == CopyOnWriteList.class;
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            for (Object item : (CopyOnWriteList<?>) source) {
                writeCompleteItem(item, context, writer);
            }
        }

        @Override
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            List<Object> read = new ArrayList<>();
            populateCollection(reader, context, read);
            return new CopyOnWriteList<>(read);
        }
    }
}
