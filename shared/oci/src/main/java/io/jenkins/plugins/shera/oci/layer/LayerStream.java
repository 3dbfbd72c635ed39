package io.jenkins.plugins.shera.oci.layer;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.MediaTypes;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;

/** A packed layer on its way through a {@link TarReader}; {@link #finish} reads what is left, so that all is verified. */
public final class LayerStream implements Closeable {
    private final InputStream packed;
    private final TarReader tar;

    /** Takes the packed bytes, which are closed with this stream. */
    public LayerStream(InputStream packed, Descriptor layer, TarReader.Limits limits) throws IOException {
        this.packed = new BufferedInputStream(packed, 1 << 16);
        if (!MediaTypes.isReadableLayer(layer.mediaType())) {
            throw new LayerException("The layer " + layer.digest() + " is of the kind " + layer.mediaType()
                    + ", which is not read here: only tar, plain or packed by gzip, is.");
        }
        boolean gzip = layer.mediaType().endsWith("gzip");
        this.tar = new TarReader(gzip ? new GZIPInputStream(this.packed, 1 << 16) : this.packed, limits);
    }

    /** The files. */
    public TarReader tar() {
        return tar;
    }

    /** Reads to the end of the packed bytes; a stream that verifies them fails here when they are not the right ones. */
    public void finish() throws IOException {
        packed.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() throws IOException {
        packed.close();
    }
}
