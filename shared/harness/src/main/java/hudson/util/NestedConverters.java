package hudson.util;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.SingleValueConverter;
import com.thoughtworks.xstream.converters.SingleValueConverterWrapper;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.mapper.Mapper;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Uses the nested class {@code ConverterImpl} of a type, as Jenkins does. */
final class NestedConverters implements Converter {
    private static final ClassValue<Class<?>> NESTED = new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> type) {
            for (Class<?> nested : type.getDeclaredClasses()) {
                if (nested.getSimpleName().equals("ConverterImpl")) {
                    return nested;
                }
            }
            return void.class;
        }
    };

    private final XStream xstream;
    private final Map<Class<?>, Converter> converters = new ConcurrentHashMap<>();

    NestedConverters(XStream xstream) {
        this.xstream = xstream;
    }

    @Override
    public boolean canConvert(Class type) {
        if (type == null
                || type.isArray()
                || type.isPrimitive()
                || type.getName().startsWith("java.")) {
            return false;
        }
        Class<?> nested = NESTED.get(type);
        return nested != void.class
                && (Converter.class.isAssignableFrom(nested) || SingleValueConverter.class.isAssignableFrom(nested))
                && converter(type).canConvert(type);
    }

    private Converter converter(Class<?> type) {
        return converters.computeIfAbsent(type, key -> make(NESTED.get(key)));
    }

    private Converter make(Class<?> nested) {
        try {
            Constructor<?> constructor = nested.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object[] arguments = new Object[constructor.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                Class<?> wanted = constructor.getParameterTypes()[i];
                arguments[i] =
                        wanted.isInstance(xstream) ? xstream : wanted == Mapper.class ? xstream.getMapper() : null;
            }
            Object made = constructor.newInstance(arguments);
            return made instanceof Converter
                    ? (Converter) made
                    : new SingleValueConverterWrapper((SingleValueConverter) made);
        } catch (ReflectiveOperationException e) {
            throw new ConversionException("Cannot make " + nested.getName(), e);
        }
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        converter(source.getClass()).marshal(source, writer, context);
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        return converter(context.getRequiredType()).unmarshal(reader, context);
    }
}
