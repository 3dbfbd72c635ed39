package io.jenkins.plugins.shera.build.sonar;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the files by which a project can speak to the scanner: poms, properties, and Maven's own. */
public final class SettingsScan extends SimpleFileVisitor<Path> {
    private static final Set<String> SKIPPED = Set.of(".git", "target", "node_modules", ".scannerwork");
    /** Variables that every JVM reads its options from. */
    static final List<String> JAVA_OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final int MOST_FILES = 5_000;
    private static final long LARGEST = 2_000_000;
    private static final Pattern DEFINED =
            Pattern.compile("(?:-D|--define[= ])\\s*['\"]?([^\\s=]*sonar\\.[^\\s='\"]+)=?(\\S*)");

    private final Path root;
    private final ProjectSettings settings = new ProjectSettings();
    private int files;

    private SettingsScan(Path root) {
        this.root = root;
    }

    /** Reads what is below a folder, at most 5000 files of interest. */
    public static ProjectSettings read(Path root) throws IOException {
        SettingsScan scan = new SettingsScan(root);
        Files.walkFileTree(root, scan);
        if (Files.isRegularFile(root.resolve("pom.xml"))) {
            scan.settings.foundMaven();
        }
        return scan.settings;
    }

    /** Reads words of a command or an environment variable. */
    public static void words(ProjectSettings settings, String where, String text) {
        Matcher matcher = DEFINED.matcher(text);
        while (matcher.find()) {
            settings.add(where, matcher.group(1), matcher.group(2));
        }
    }

    /** Reads what the environment of a build tells the scanner. */
    public static void environment(ProjectSettings settings, Map<String, String> environment) {
        for (String name : List.of(
                "MAVEN_OPTS",
                "MAVEN_ARGS",
                "JAVA_TOOL_OPTIONS",
                "JDK_JAVA_OPTIONS",
                "_JAVA_OPTIONS",
                "SONAR_SCANNER_OPTS")) {
            words(settings, "the environment variable " + name, environment.getOrDefault(name, ""));
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        Path name = folder.getFileName();
        return name != null && SKIPPED.contains(name.toString()) && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path parent = file.getParent();
        boolean mavens = parent != null && parent.endsWith(".mvn");
        boolean pom = name.equals("pom.xml") || name.endsWith(".pom") || mavens && name.endsWith(".xml");
        boolean properties = name.equals("sonar-project.properties");
        boolean words = mavens && (name.equals("maven.config") || name.equals("jvm.config")) || name.equals(".mavenrc");
        if (!attributes.isRegularFile() || !pom && !properties && !words) {
            return FileVisitResult.CONTINUE;
        }
        if (++files > MOST_FILES || attributes.size() > LARGEST) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    "The project has more than " + MOST_FILES + " poms, or " + root.relativize(file)
                            + " is larger than 2 MB: that is not read.");
        }
        String where = root.relativize(file).toString();
        if (pom) {
            pom(file, where);
        } else if (properties) {
            properties(file, where);
        } else {
            words(settings, where, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return FileVisitResult.CONTINUE;
    }

    private void properties(Path file, String where) throws IOException {
        Properties all = new Properties();
        try {
            all.load(new StringReader(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            throw new SonarException(SonarException.Kind.REFUSED, where + " is not a properties file: correct it.", e);
        }
        all.stringPropertyNames().stream().sorted().forEach(name -> settings.add(where, name, all.getProperty(name)));
    }

    /** Any element of such a name counts, wherever it stands: properties of the project, of a profile, of a plugin. */
    private void pom(Path file, String where) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            String name = "";
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    name = reader.getLocalName();
                    text.setLength(0);
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(reader.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    if (name.contains("sonar.")) {
                        settings.add(where, name, text.toString().strip());
                    }
                    words(settings, where, text.toString());
                    name = "";
                    text.setLength(0);
                }
            }
        } catch (XMLStreamException e) {
            throw new SonarException(
                    SonarException.Kind.REFUSED,
                    where + " is not well-formed XML, or has a DTD, which is not read: correct it.",
                    e);
        }
    }
}
