package hudson.util;

import com.thoughtworks.xstream.io.HierarchicalStreamReader;
import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.io.xml.AbstractXppDriver;
import com.thoughtworks.xstream.io.xml.PrettyPrintWriter;
import com.thoughtworks.xstream.io.xml.XppDriver;
import java.io.Writer;

/** Reads by a pull parser that knows no entities; writes XML 1.1, so that control characters survive. */
final class XmlDriver extends XppDriver {
    static final XmlDriver INSTANCE = new XmlDriver();

    @Override
    public HierarchicalStreamWriter createWriter(Writer out) {
        return new PrettyPrintWriter(out, PrettyPrintWriter.XML_1_1, getNameCoder());
    }
}
