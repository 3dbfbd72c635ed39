package io.jenkins.plugins.shera.oci.image;

import java.util.List;

/** The media types of OCI image-spec 1.1 and of docker's image manifest, schema 2. */
public final class MediaTypes {
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_TAR = "application/vnd.oci.image.layer.v1.tar";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /** What a client may ask a manifest as, best first. */
    public static final List<String> MANIFESTS = List.of(OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_INDEX);

    private MediaTypes() {}

    /** Whether the type names a list of manifests, one for each platform. */
    public static boolean isIndex(String mediaType) {
        return OCI_INDEX.equals(mediaType) || DOCKER_INDEX.equals(mediaType);
    }

    /** Whether a layer of this type is a tar archive, packed by gzip or not at all. */
    public static boolean isReadableLayer(String mediaType) {
        return OCI_LAYER_GZIP.equals(mediaType)
                || OCI_LAYER_TAR.equals(mediaType)
                || DOCKER_LAYER_GZIP.equals(mediaType)
                || "application/vnd.docker.image.rootfs.diff.tar".equals(mediaType);
    }
}
