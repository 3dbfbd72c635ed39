package hudson.model;

import com.thoughtworks.xstream.converters.SingleValueConverter;

/** Writes a result as its name. */
final class ResultConverter implements SingleValueConverter {
    @Override
    public boolean canConvert(Class type) {
        return type == Result.class;
    }

    @Override
    public String toString(Object result) {
        return result.toString();
    }

    @Override
    public Object fromString(String name) {
        return Result.fromString(name);
    }
}
