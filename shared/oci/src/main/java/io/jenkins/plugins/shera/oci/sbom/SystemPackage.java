package io.jenkins.plugins.shera.oci.sbom;

/**
 * A package of a Linux distribution.
 *
 * @param type {@code deb} or {@code apk}
 * @param source the source package it was made of; empty when it has the same name
 */
record SystemPackage(String type, String name, String version, String architecture, String source) {}
