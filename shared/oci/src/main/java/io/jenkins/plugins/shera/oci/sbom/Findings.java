package io.jenkins.plugins.shera.oci.sbom;

import java.util.List;
import java.util.Map;

/**
 * What one file of a layer told.
 *
 * @param system the fields of an os-release file
 * @param unread why something was not read; empty when all was
 */
record Findings(
        List<Artifact> artifacts, List<SystemPackage> packages, Map<String, String> system, List<String> unread) {
    /** Copies all. */
    Findings {
        artifacts = List.copyOf(artifacts);
        packages = List.copyOf(packages);
        system = Map.copyOf(system);
        unread = List.copyOf(unread);
    }

    static Findings ofArtifacts(List<Artifact> artifacts, List<String> unread) {
        return new Findings(artifacts, List.of(), Map.of(), unread);
    }

    static Findings ofPackages(List<SystemPackage> packages) {
        return new Findings(List.of(), packages, Map.of(), List.of());
    }

    static Findings ofSystem(Map<String, String> fields) {
        return new Findings(List.of(), List.of(), fields, List.of());
    }

    static Findings unread(String why) {
        return new Findings(List.of(), List.of(), Map.of(), List.of(why));
    }
}
