package hudson.util;

import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.converters.collections.CollectionConverter;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.mapper.Mapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** Reads and writes collections that XStream knows nothing of. */
final class CopyOnWriteCollections extends CollectionConverter {
    CopyOnWriteCollections(Mapper mapper) {
        super(mapper);
    }

    @Override
    public boolean canConvert(Class type) {
        return type == CopyOnWriteArrayList.class || type == CopyOnWriteArraySet.class;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        List<Object> read = new ArrayList<>();
        populateCollection(reader, context, read);
        return context.getRequiredType() == CopyOnWriteArrayList.class
                ? new CopyOnWriteArrayList(read)
                : new CopyOnWriteArraySet(read);
    }
}
