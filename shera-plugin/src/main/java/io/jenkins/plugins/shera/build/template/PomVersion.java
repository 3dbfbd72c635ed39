package io.jenkins.plugins.shera.build.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The version a pom states, its own or else its parent's; nothing in it is worked out. */
public final class PomVersion {
    private static final long LARGEST_POM = 16L << 20;
    private static final int LONGEST = 200;

    private PomVersion() {}

    /** The version, empty when there is no pom or it states none. */
    public static String read(Path root) throws IOException {
        Path pom = root.resolve("pom.xml");
        if (!Files.isRegularFile(pom)) {
            return "";
        }
        if (Files.size(pom) > LARGEST_POM) {
            throw new IOException("pom.xml is larger than " + LARGEST_POM + " bytes, so its version is not read: take"
                    + " ${version} out of the tags, or make the pom smaller.");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        String parents = "";
        try (InputStream in = Files.newInputStream(pom)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            int depth = 0;
            boolean inParent = false;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    String name = reader.getLocalName();
                    inParent = depth == 2 ? name.equals("parent") : inParent;
                    boolean version = name.equals("version");
                    if (version && depth == 2) {
                        return checked(reader.getElementText().strip());
                    }
                    if (version && depth == 3 && inParent) {
                        parents = reader.getElementText().strip();
                        depth--;
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("pom.xml is not well-formed XML, or has a DTD, which is not read: correct it.", e);
        }
        return checked(parents);
    }

    private static String checked(String version) throws IOException {
        if (version.length() > LONGEST) {
            throw new IOException("The version in pom.xml has " + version.length() + " characters, more than " + LONGEST
                    + ", and no tag can hold it: correct it, or take ${version} out of the tags.");
        }
        return version;
    }
}
