package io.jenkins.plugins.shera.oci.sbom;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a Java archive says: {@code commons-codec-1.17.jar} is of version 1.17. */
record FileName(String whole, String name, String version) {
    private static final Pattern VERSIONED = Pattern.compile("(.{1,200}?)-([0-9][A-Za-z0-9_.+-]{0,99})");

    static FileName of(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        String whole = Bounds.word(dot > 0 ? last.substring(0, dot) : last);
        Matcher versioned = VERSIONED.matcher(whole);
        return versioned.matches()
                ? new FileName(whole, versioned.group(1), versioned.group(2))
                : new FileName(whole, whole, "");
    }
}
