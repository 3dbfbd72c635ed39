package io.jenkins.plugins.shera.build.sonar;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What the files of a project tell the scanner: what only we may say, and what narrows the analysis. */
public final class ProjectSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> refused = new ArrayList<>();
    private final ArrayList<String> exclusions = new ArrayList<>();
    private boolean maven;

    /** One setting found at a place. */
    public void add(String where, String name, String value) {
        if (ScannerProperties.isOurs(name)) {
            refused.add(name + " in " + where);
        } else if (ScannerProperties.isNarrowing(name)) {
            exclusions.add(name + "=" + value + " (" + where + ")");
        }
    }

    /** What the build said in the end; what a file says already is not told twice. */
    public void found(MavenFindings findings) {
        findings.narrowing().forEach((name, value) -> {
            if (exclusions.stream().noneMatch(line -> line.startsWith(name + "=" + value + " ("))) {
                exclusions.add(name + "=" + value + " (the Maven build)");
            }
        });
    }

    void foundMaven() {
        maven = true;
    }

    /** Whether there is a pom at the root. */
    public boolean isMaven() {
        return maven;
    }

    /** What narrows the analysis, with the place it was found. */
    public List<String> exclusions() {
        return List.copyOf(exclusions);
    }

    /** Refuses a project that speaks for us. */
    public void check() throws SonarException {
        if (!refused.isEmpty()) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "The project sets " + String.join(", ", refused.subList(0, Math.min(5, refused.size())))
                            + ", so the quality gate could be that of another project, commit or server:"
                            + " remove it there, and give the key and the server to the step.");
        }
    }
}
