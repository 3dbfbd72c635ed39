package io.jenkins.plugins.shera.build.image;

import io.jenkins.plugins.shera.oci.image.Descriptor;
import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Manifest;
import io.jenkins.plugins.shera.oci.layer.LayerException;
import io.jenkins.plugins.shera.oci.layer.LayerListing;
import io.jenkins.plugins.shera.oci.layer.LayerStream;
import io.jenkins.plugins.shera.oci.layer.LayerWriter;
import io.jenkins.plugins.shera.oci.layer.TarReader;
import io.jenkins.plugins.shera.oci.sbom.FindingsStore;
import io.jenkins.plugins.shera.oci.sbom.Groups;
import io.jenkins.plugins.shera.oci.sbom.LayerFindings;
import io.jenkins.plugins.shera.oci.sbom.LayerLook;
import io.jenkins.plugins.shera.oci.sbom.Sbom;
import io.jenkins.plugins.shera.oci.target.ImagePush;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the SBOM of an image that was pushed; what a layer holds is remembered, so that none is read twice. */
public final class SbomMaker {
    private final String repository;
    private final FindingsStore store;
    private final Path spool;
    private final Groups groups;

    /**
     * Takes the parts.
     *
     * @param repository the image's name without tag and digest
     * @param cache a folder that may be kept from build to build
     * @param spool an empty folder for what is looked into; the caller deletes it
     */
    public SbomMaker(String repository, Path cache, Path spool, Groups groups) {
        this.repository = repository;
        this.store = new FindingsStore(cache);
        this.spool = spool;
        this.groups = groups;
    }

    /**
     * The CycloneDX document.
     *
     * @param writers the files at hand that layers were packed from, by the layers' digests
     */
    public byte[] write(ImagePush push, Manifest manifest, Map<Digest, LayerWriter> writers) throws IOException {
        List<LayerFindings> all = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            var known = store.find(layer.digest());
            all.add(known.isPresent() ? known.get() : look(push, layer, writers.get(layer.digest())));
        }
        return Sbom.write(repository, manifest.digest(), all, groups);
    }

    private LayerFindings look(ImagePush push, Descriptor layer, LayerWriter writer) throws IOException {
        LayerFindings findings;
        try {
            findings = writer == null ? read(push, layer) : LayerLook.of(writer, spool);
        } catch (LayerException e) {
            return LayerFindings.unread("the layer " + layer.digest() + " cannot be read: " + e.getMessage());
        }
        store.keep(layer.digest(), findings);
        return findings;
    }

    private LayerFindings read(ImagePush push, Descriptor layer) throws IOException {
        LayerLook look = new LayerLook(spool);
        try (LayerStream stream = new LayerStream(push.open(layer), layer, TarReader.Limits.USUAL)) {
            LayerListing.of(stream, look);
        }
        return look.findings();
    }
}
