package io.jenkins.plugins.shera.oci.sbom;

import java.util.HashMap;
import java.util.Map;

/** The Linux distribution of an image; its id is empty when nothing tells it. */
record Distribution(String id, String version) {
    static Distribution of(Map<String, String> fields) {
        return new Distribution(fields.getOrDefault("ID", ""), fields.getOrDefault("VERSION_ID", ""));
    }

    String packageUrl(SystemPackage one) {
        Map<String, String> qualifiers = new HashMap<>();
        qualifiers.put("arch", one.architecture());
        qualifiers.put("upstream", one.source());
        qualifiers.put("distro", id.isEmpty() ? "" : version.isEmpty() ? id : id + "-" + version);
        String usual = one.type().equals("deb") ? "debian" : "alpine";
        return PackageUrl.linux(one.type(), id.isEmpty() ? usual : id, one.name(), one.version(), qualifiers);
    }
}
