package io.jenkins.plugins.shera.oci.sbom;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One entry of a bill of materials, with every place of the image where it is. */
final class Component implements Comparable<Component> {
    private static final Comparator<Component> ORDER = Comparator.comparing((Component c) -> c.type)
            .thenComparing(c -> c.purl.isEmpty() ? "~" + c.name : c.purl)
            .thenComparing(c -> c.group)
            .thenComparing(c -> c.version)
            .thenComparing(c -> c.sha256);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]*");

    final String type;
    final String group;
    final String name;
    final String version;
    final String purl;
    final String sha1;
    final String sha256;
    final TreeSet<String> locations = new TreeSet<>();

    private Component(String type, String group, String name, String version, String purl, String sha1, String sha256) {
        this.type = type;
        this.group = group;
        this.name = name;
        this.version = version;
        this.purl = purl;
        this.sha1 = sha1;
        this.sha256 = sha256;
    }

    static Component of(Artifact artifact) {
        String purl = legal(artifact.group()) && legal(artifact.name())
                ? PackageUrl.maven(artifact.group(), artifact.name(), artifact.version())
                : "";
        Component component = new Component(
                "library",
                artifact.group(),
                artifact.name(),
                artifact.version(),
                purl,
                artifact.sha1(),
                artifact.sha256());
        component.locations.add("/" + artifact.location());
        return component;
    }

    static Component of(SystemPackage one, Distribution distribution) {
        boolean legal = legal(one.name()) && (distribution.id().isEmpty() || legal(distribution.id()));
        String purl = legal ? distribution.packageUrl(one) : "";
        return new Component("library", "", one.name(), one.version(), purl, "", "");
    }

    /** Whether Maven or a distribution could have something of that name; what only pretends to gets no package URL. */
    private static boolean legal(String name) {
        return NAME.matcher(name).matches();
    }

    static Component of(Distribution distribution) {
        return new Component("operating-system", "", distribution.id(), distribution.version(), "", "", "");
    }

    /** A name for other entries to point to; the same for no two of one image but copies that differ. */
    String reference() {
        if (!purl.isEmpty()) {
            return purl;
        }
        return sha256.isEmpty() ? type + ":" + name + "@" + version : "sha256:" + sha256;
    }

    @Override
    public int compareTo(Component other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Component component && compareTo(component) == 0;
    }

    @Override
    public int hashCode() {
        return purl.hashCode() + name.hashCode();
    }
}
