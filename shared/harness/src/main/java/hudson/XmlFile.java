package hudson;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.XStreamException;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** An object kept in an XML file. */
public final class XmlFile {
    private static final XStream DEFAULT = new XStream2();

    private final XStream xs;
    private final File file;

    public XmlFile(File file) {
        this(DEFAULT, file);
    }

    public XmlFile(XStream xs, File file) {
        this.xs = xs;
        this.file = file;
    }

    public File getFile() {
        return file;
    }

    public XStream getXStream() {
        return xs;
    }

    /** Reads the object. */
    public Object read() throws IOException {
        return read(null);
    }

    /** Reads into an existing object, whose fields that the file lacks stay. */
    public Object unmarshal(Object o) throws IOException {
        return read(Objects.requireNonNull(o));
    }

    private Object read(Object into) throws IOException {
        try (Reader in = Files.newBufferedReader(file.toPath())) {
            return xs.unmarshal(XStream2.getDefaultDriver().createReader(in), into);
        } catch (XStreamException | LinkageError e) {
            throw new IOException("Unable to read " + file, e);
        }
    }

    /** Writes the object; what was written before stays until all is written. Fails when it could not be read back. */
    public void write(Object o) throws IOException {
        StringWriter text = new StringWriter();
        text.write("<?xml version='1.1' encoding='UTF-8'?>\n");
        try {
            xs.toXML(o, text);
            xs.unmarshal(XStream2.getDefaultDriver().createReader(new StringReader(text.toString())), null);
        } catch (RuntimeException e) {
            throw new IOException("Cannot save to " + file + ": " + e.getMessage(), e);
        }
        mkdirs();
        Path temporary = Files.createTempFile(file.toPath().toAbsolutePath().getParent(), file.getName(), ".tmp");
        try {
            Files.writeString(temporary, text.toString());
            Files.move(
                    temporary,
                    file.toPath(),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    public boolean exists() {
        return file.exists();
    }

    public void delete() throws IOException {
        Files.deleteIfExists(file.toPath());
    }

    public void mkdirs() throws IOException {
        Files.createDirectories(file.toPath().toAbsolutePath().getParent());
    }

    /** The text of the file. */
    public String asString() throws IOException {
        return Files.readString(file.toPath());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
