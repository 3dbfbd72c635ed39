package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.layer.TarEntry;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A tar archive, plain or packed by gzip, that ADD takes apart. */
final class ArchiveSource {
    private static final int MAGIC_AT = 257;

    private final Path archive;

    ArchiveSource(Path archive) {
        this.archive = archive;
    }

    /** Whether ADD would take the file apart; decided by content, as docker does. */
    static boolean isArchive(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(512);
        }
        if (isTar(head)) {
            return true;
        }
        if (head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                return isTar(in.readNBytes(512));
            }
        }
        boolean bzip2 = head.length > 3 && head[0] == 'B' && head[1] == 'Z' && head[2] == 'h';
        boolean xz = head.length > 5 && (head[0] & 0xff) == 0xfd && head[1] == '7' && head[2] == 'z';
        if (bzip2 || xz) {
            throw new IOException("ADD would unpack '" + file.getFileName() + "', which is packed by "
                    + (xz ? "xz" : "bzip2") + ": only gzip is taken here; COPY it, or pack it by gzip.");
        }
        return false;
    }

    private static boolean isTar(byte[] head) {
        return head.length == 512 && new String(head, MAGIC_AT, 5, StandardCharsets.US_ASCII).equals("ustar");
    }

    void writeTo(String target, CopyFiles layer) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive))) {
            file.mark(2);
            boolean gzip = file.read() == 0x1f;
            file.reset();
            TarReader tar = new TarReader(gzip ? new GZIPInputStream(file) : file, TarReader.Limits.USUAL);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                TarEntry inside = entry.named(CopyFiles.join(target, entry.name()));
                switch (entry.kind()) {
                    case FILE:
                        layer.add(inside, layer.spooled(tar));
                        break;
                    case FOLDER:
                    case SYMLINK:
                        layer.add(inside, BlobSource.of(new byte[0]));
                        break;
                    default:
                        throw new IOException("The archive '" + archive.getFileName() + "' holds a link or device, /"
                                + entry.name() + ", which ADD does not take here.");
                }
            }
        }
    }
}
