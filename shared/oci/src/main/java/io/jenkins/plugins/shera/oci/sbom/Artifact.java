package io.jenkins.plugins.shera.oci.sbom;

/**
 * A Java archive, or a library whose classes were copied into one.
 *
 * @param location where it is in the image; within an archive behind {@code !/}
 * @param group empty when nothing tells it
 * @param version empty when nothing tells it
 * @param sha1 empty for a library that is no file of its own
 * @param sha256 as {@code sha1}
 */
record Artifact(String location, String group, String name, String version, String sha1, String sha256) {
    /** The same, of a group that was found out. */
    Artifact of(String found) {
        return new Artifact(location, found, name, version, sha1, sha256);
    }

    boolean isFile() {
        return !sha256.isEmpty();
    }
}
