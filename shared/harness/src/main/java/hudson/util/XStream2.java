package hudson.util;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.io.HierarchicalStreamDriver;
import com.thoughtworks.xstream.security.AnyTypePermission;

/** XStream as Jenkins sets it up: class filter, tolerance of unknown elements, Jenkins' own collections. */
public class XStream2 extends XStream {
    public XStream2() {
        super(getDefaultDriver());
        // Types are checked by the filter's converter, in both directions.
        addPermission(AnyTypePermission.ANY);
        setMode(XStream.XPATH_RELATIVE_REFERENCES);
        setClassLoader(new UberLoader());
        ignoreUnknownElements();
        registerConverter(new FilteringConverter(), PRIORITY_VERY_HIGH);
        registerConverter(new NestedConverters(this), PRIORITY_VERY_HIGH - 10);
        registerConverter(new CopyOnWriteCollections(getMapper()), 10);
    }

    /** How files are read and written. */
    public static HierarchicalStreamDriver getDefaultDriver() {
        return XmlDriver.INSTANCE;
    }

    /** Maps a name used in older files to a class. */
    public void addCompatibilityAlias(String oldClassName, Class newClass) {
        alias(oldClassName, newClass);
    }
}
