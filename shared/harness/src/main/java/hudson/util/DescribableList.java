package hudson.util;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.mapper.Mapper;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Saveable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list of describables that saves its owner when it changes. */
public class DescribableList<T extends Describable<T>, D extends Descriptor<T>> extends PersistedList<T> {
    protected DescribableList() {}

    public DescribableList(Saveable owner) {
        super(owner);
    }

    public DescribableList(Saveable owner, Collection<? extends T> initialList) {
        super(initialList);
        setOwner(owner);
    }

    /** The instance of a descriptor, or null. */
    public T get(D descriptor) {
        return toList().stream()
                .filter(t -> t.getDescriptor() == descriptor)
                .findFirst()
                .orElse(null);
    }

    /** Replaces the instance of the same class. */
    public void replace(T item) throws IOException {
        data.replaceBy(
                toList().stream().filter(t -> t.getClass() != item.getClass()).toList());
        add(item);
    }

    /** Writes the elements without a wrapper; a subclass comes back as itself. */
    public static class ConverterImpl extends CollectionConverter {
        public ConverterImpl(Mapper mapper) {
            super(mapper);
        }

        @Override
        public boolean canConvert(Class type) {
            return DescribableList.class.isAssignableFrom(type);
        }

        @Override
        public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
            for (Object item : (DescribableList<?, ?>) source) {
                writeCompleteItem(item, context, writer);
            }
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
            List<Object> read = new ArrayList<>();
            populateCollection(reader, context, read);
            DescribableList list;
            try {
                list = (DescribableList)
                        context.getRequiredType().getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new ConversionException("cannot make " + context.getRequiredType(), e);
            }
            list.data.replaceBy(read);
            return list;
        }
    }
}
