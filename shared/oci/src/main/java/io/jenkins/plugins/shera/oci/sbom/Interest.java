package io.jenkins.plugins.shera.oci.sbom;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files of an image tell what software it holds, by their paths. */
enum Interest {
    /** A Java archive. */
    ARCHIVE,
    /** Maven's own note of what classes belong to. */
    POM,
    /** Debian's packages, in one file or a file for each as distroless images have them. */
    DEBIAN,
    /** Alpine's packages. */
    ALPINE,
    /** Name and version of the distribution. */
    SYSTEM,
    /** A database of packages that is not read here. */
    RPM,
    /** Nothing. */
    NONE;

    static final Set<String> SYSTEM_FILES = Set.of("etc/os-release", "usr/lib/os-release");

    private static final Pattern POM_FILE =
            Pattern.compile("(?:.*/)?META-INF/maven/[^/]+/[^/]+/pom\\.properties", Pattern.DOTALL);
    private static final Pattern RPM_FILE = Pattern.compile(
            "(?:var/lib/rpm|usr/lib/sysimage/rpm|usr/share/rpm)/(?:Packages|Packages\\.db|rpmdb\\.sqlite)");
    private static final Pattern ARCHIVES = Pattern.compile(".*\\.(?:jar|war|ear|rar|hpi|jpi)", Pattern.DOTALL);

    static Interest of(String path) {
        if (isArchive(path)) {
            return ARCHIVE;
        }
        if (SYSTEM_FILES.contains(path)) {
            return SYSTEM;
        }
        boolean each = path.startsWith("var/lib/dpkg/status.d/") && !path.endsWith(".md5sums");
        if (path.equals("var/lib/dpkg/status") || each) {
            return DEBIAN;
        }
        if (path.equals("lib/apk/db/installed") || path.equals("usr/lib/apk/db/installed")) {
            return ALPINE;
        }
        if (RPM_FILE.matcher(path).matches()) {
            return RPM;
        }
        return isPom(path) ? POM : NONE;
    }

    static boolean isArchive(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return ARCHIVES.matcher(name).matches();
    }

    static boolean isPom(String path) {
        return POM_FILE.matcher(path).matches();
    }
}
