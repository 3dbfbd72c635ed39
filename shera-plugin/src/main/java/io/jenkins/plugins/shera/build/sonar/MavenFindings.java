package io.jenkins.plugins.shera.build.sonar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the scanner for Maven found in a project, written to a file instead of sent. The build that wrote it runs what the
 * source brings along, so none of it is believed: what is ours is left out or refused, what lies elsewhere is refused.
 */
public final class MavenFindings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long LARGEST = 32_000_000;
    private static final String SONAR = "sonar.";
    private static final String BASE = "sonar.projectBaseDir";
    private static final Set<String> PLACES = Set.of("sonar.sources", "sonar.tests");
    private static final List<String> USUAL =
            List.of("sonar.sources", "sonar.tests", "sonar.modules", "sonar.java.binaries");

    private final String base;
    private final TreeMap<String, String> properties = new TreeMap<>();
    private final TreeMap<String, String> narrowing = new TreeMap<>();

    private MavenFindings(String base) {
        this.base = base;
    }

    /** Reads the file; {@code said} are properties of ours, which it must repeat as they are. */
    public static MavenFindings read(Path file, Path workspace, Map<String, String> said) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw refused("is longer than 32 MB", "Analyse fewer modules at once.");
        }
        Properties all = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            all.load(in);
        } catch (IllegalArgumentException e) {
            throw refused("is not a properties file", "See what in the build writes there.");
        }
        for (Map.Entry<String, String> ours : said.entrySet()) {
            if (!ours.getValue().equals(all.getProperty(ours.getKey()))) {
                throw overridden(ours.getKey());
            }
        }
        MavenFindings findings = new MavenFindings(all.getProperty(BASE, ""));
        Path root = workspace.toRealPath();
        for (String name : all.stringPropertyNames()) {
            findings.take(name, all.getProperty(name), root);
        }
        within(root, root, BASE, findings.base);
        return findings;
    }

    private void take(String name, String value, Path root) throws IOException {
        int at = name.lastIndexOf(SONAR);
        // A module's id stands before, as in t:core.sonar.sources.
        if (at < 0 || at > 0 && name.charAt(at - 1) != '.') {
            return;
        }
        String plain = name.substring(at);
        if (plain.startsWith("sonar.branch.") || plain.startsWith("sonar.pullrequest.")) {
            throw overridden(plain);
        }
        if (plain.equals(BASE)) {
            within(root, root, name, value);
        } else if (ScannerProperties.isOurs(plain) || name.equals("sonar.moduleKey")) {
            return;
        }
        if (PLACES.contains(plain)) {
            for (String place : value.split(",")) {
                within(root, Path.of(base), name, place.strip());
            }
        }
        if (ScannerProperties.isNarrowing(plain) && !USUAL.contains(plain)) {
            narrowing.merge(plain, value, (one, other) -> one.equals(other) ? one : one + " " + other);
        }
        properties.put(name, value);
    }

    /** What is analysed must be what the image is built from, so nothing outside the workspace is. */
    private static void within(Path root, Path folder, String name, String place) throws IOException {
        try {
            Path path = folder.resolve(place.replace("\"", "")).normalize();
            Path there = path;
            while (there != null && !Files.exists(there)) {
                there = there.getParent();
            }
            if (!place.isEmpty() && there != null && there.toRealPath().startsWith(root)) {
                return;
            }
        } catch (InvalidPathException e) {
            throw refused("has a path in " + name + " that is none", "See what in the build sets it.");
        }
        throw refused(
                "names in " + name + " a place that is not in the workspace",
                "Only what the image is built from can be analysed: keep sources in the workspace.");
    }

    private static SonarException overridden(String name) {
        return refused(
                "does not say of " + name + " what SheRa gave",
                "Something in the build or in Maven's settings overrides it, so the quality gate could be that of another"
                        + " project, commit or server: remove that.");
    }

    private static SonarException refused(String what, String next) {
        return new SonarException(
                SonarException.Kind.REFUSED, "What the scanner for Maven found in the project " + what + ". " + next);
    }

    /** The folder of the root project. */
    public String base() {
        return base;
    }

    /** What leaves something out of the analysis, whatever set it, by its property. */
    public Map<String, String> narrowing() {
        return Map.copyOf(narrowing);
    }

    /** Writes what the scanner may know to a file. */
    public void write(Path file) throws IOException {
        Properties all = new Properties();
        all.putAll(properties);
        try (OutputStream out = Files.newOutputStream(file)) {
            all.store(out, null);
        }
    }
}
