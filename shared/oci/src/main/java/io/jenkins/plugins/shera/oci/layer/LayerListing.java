package io.jenkins.plugins.shera.oci.layer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What a layer holds, without the contents; can be kept in a file, as a layer never changes. */
public final class LayerListing {
    private static final int FORM = 1;

    private final List<TarEntry> entries;

    private LayerListing(List<TarEntry> entries) {
        this.entries = entries;
    }

    /** Is shown the files of a layer while it is read; of a content, as much may be read as it needs. */
    @FunctionalInterface
    public interface Observer {
        /** One entry, in the layer's own order. */
        void see(TarEntry entry, InputStream content) throws IOException;
    }

    /** Lists the layer and reads it to its end. */
    public static LayerListing of(LayerStream layer) throws IOException {
        return of(layer, (entry, content) -> {});
    }

    /** Lists the layer, shows each file to another, and reads it to its end. */
    public static LayerListing of(LayerStream layer, Observer observer) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        for (TarEntry entry = layer.tar().next();
                entry != null;
                entry = layer.tar().next()) {
            entries.add(entry);
            observer.see(entry, layer.tar());
        }
        layer.finish();
        return new LayerListing(entries);
    }

    /** Reads a listing that was kept. */
    public static LayerListing load(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            if (in.readInt() != FORM) {
                throw new IOException("The listing " + file + " is of another version.");
            }
            int count = in.readInt();
            List<TarEntry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                TarEntry.Kind kind = TarEntry.Kind.values()[in.readByte()];
                String name = in.readUTF();
                TarEntry entry = TarEntry.of(name, kind, in.readInt(), in.readLong(), in.readUTF());
                entries.add(entry.ownedBy(in.readLong(), in.readLong()));
            }
            return new LayerListing(entries);
        }
    }

    /** Keeps the listing in a folder, which is made if need be; the file appears whole or not at all. */
    public void save(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".listing-", "");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(part))))) {
            out.writeInt(FORM);
            out.writeInt(entries.size());
            for (TarEntry entry : entries) {
                out.writeByte(entry.kind().ordinal());
                out.writeUTF(entry.name());
                out.writeInt(entry.mode());
                out.writeLong(entry.size());
                out.writeUTF(entry.link());
                out.writeLong(entry.userId());
                out.writeLong(entry.groupId());
            }
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The files in the layer's own order, whiteouts among them. */
    public List<TarEntry> entries() {
        return entries;
    }
}
