package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import io.jenkins.plugins.shera.oci.target.BlobSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;

/** Packs a layer that another builder made; the same archive gives the same bytes. */
public final class LayerPacking {
    private LayerPacking() {}

    /** Reads a tar archive, plain or packed by gzip, to its end, and writes it packed into the file. */
    public static Layer pack(InputStream archive, Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(archive, 1 << 16);
        in.mark(2);
        boolean packedAlready = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        MessageDigest packed = Digest.sha256();
        MessageDigest unpacked = Digest.sha256();
        try (OutputStream disk = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                OutputStream gzip = new FastGzip(new DigestOutputStream(disk, packed));
                OutputStream tar = new DigestOutputStream(gzip, unpacked)) {
            (packedAlready ? new GZIPInputStream(in, 1 << 16) : in).transferTo(tar);
        }
        Descriptor descriptor =
                new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.ofHash(packed.digest()), Files.size(file));
        return new Layer(descriptor, Digest.ofHash(unpacked.digest()), BlobSource.of(file));
    }
}
