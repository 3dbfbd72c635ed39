package hudson.util;

import com.thoughtworks.xstream.io.HierarchicalStreamWriter;
import com.thoughtworks.xstream.io.xml.PrettyPrintWriter;
import com.thoughtworks.xstream.io.xml.StaxDriver;
import java.io.Writer;
import javax.xml.stream.XMLInputFactory;

/** Reads with the parser of the JDK, without document types; writes XML 1.1, so that control characters survive. */
final class XmlDriver extends StaxDriver {
    static final XmlDriver INSTANCE = new XmlDriver();

    @Override
    protected XMLInputFactory createInputFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    @Override
    public HierarchicalStreamWriter createWriter(Writer out) {
        return new PrettyPrintWriter(out, PrettyPrintWriter.XML_1_1, getNameCoder());
    }
}
