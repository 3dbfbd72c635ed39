package io.jenkins.plugins.shera.harness.cps;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.marshalling.Marshaller;
import org.jboss.marshalling.MarshallerFactory;
import org.jboss.marshalling.Marshalling;
import org.jboss.marshalling.MarshallingConfiguration;
import org.jboss.marshalling.ObjectResolver;
import org.jboss.marshalling.SimpleClassResolver;
import org.jboss.marshalling.Unmarshaller;
import org.jboss.marshalling.river.RiverMarshallerFactory;

/** One program on disk, in JBoss Marshalling's River form; replaced as a whole, so a crash leaves the old one or the new. */
public final class ProgramFile {
    private static final MarshallerFactory RIVER = new RiverMarshallerFactory();

    private final Path file;
    private final ObjectResolver resolver;

    /** @param resolver puts references in the place of what lives elsewhere, and finds it again */
    public ProgramFile(Path file, ObjectResolver resolver) {
        this.file = file;
        this.resolver = resolver;
    }

    /** Saves the program; a {@link java.io.NotSerializableException} names the way to the object that cannot be saved. */
    public void save(Program program, ClassLoader loader) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            Marshaller marshaller = RIVER.createMarshaller(configuration(loader));
            marshaller.start(Marshalling.createByteOutput(out));
            marshaller.writeObject(program);
            marshaller.finish();
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads the program back; the script must have been compiled again by the loader first. */
    public Program load(ClassLoader loader) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            Unmarshaller unmarshaller = RIVER.createUnmarshaller(configuration(loader));
            unmarshaller.start(Marshalling.createByteInput(in));
            Program program = unmarshaller.readObject(Program.class);
            unmarshaller.finish();
            return program;
        } catch (ClassNotFoundException e) {
            throw new IOException("The saved program " + file + " needs a class that is gone: " + e.getMessage(), e);
        }
    }

    /** True when a program was saved. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** Forgets the saved program. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private MarshallingConfiguration configuration(ClassLoader loader) {
        MarshallingConfiguration configuration = new MarshallingConfiguration();
        configuration.setClassResolver(new SimpleClassResolver(loader));
        configuration.setObjectResolver(resolver);
        return configuration;
    }
}
