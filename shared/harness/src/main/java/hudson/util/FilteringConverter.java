package hudson.util;

import com.thoughtworks.xstream.converters.ConversionException;
import com.thoughtworks.xstream.converters.Converter;
import com.thoughtworks.xstream.converters.MarshallingContext;
import com.thoughtworks.xstream.converters.UnmarshallingContext;
import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import hudson.remoting.ClassFilter;

/** Refuses types that the class filter refuses, when they are written and when they are read. */
final class FilteringConverter implements Converter {
    @Override
    public boolean canConvert(Class type) {
        return type != null && ClassFilter.DEFAULT.isBlacklisted(type);
    }

    @Override
    public void marshal(Object source, HierarchicalStreamWriter writer, MarshallingContext context) {
        throw new UnsupportedOperationException(
                "Refusing to marshal " + source.getClass().getName()
                        + " for security reasons; see https://www.jenkins.io/redirect/class-filter/");
    }

    @Override
    public Object unmarshal(HierarchicalStreamReader reader, UnmarshallingContext context) {
        throw new ConversionException(
                "Refusing to unmarshal " + context.getRequiredType().getName()
                        + " for security reasons; see https://www.jenkins.io/redirect/class-filter/");
    }
}
