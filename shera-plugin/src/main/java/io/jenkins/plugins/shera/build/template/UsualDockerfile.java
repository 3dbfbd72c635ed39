package io.jenkins.plugins.shera.build.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A Dockerfile for a project that has none: for the one jar that can be started, or the one war, that its build made. */
public final class UsualDockerfile {
    private static final String JAVA = "eclipse-temurin:17-jre";
    private static final String TOMCAT = "tomcat:10.1-jre17";
    private static final int DEEPEST = 4;

    private UsualDockerfile() {}

    /**
     * The Dockerfile's text.
     *
     * @param root the workspace; what was built lies in a folder {@code target}
     * @param base the base image, null for a usual one
     */
    public static String write(Path root, String base) throws IOException {
        List<Path> fits = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root, DEEPEST)) {
            for (Path file : files.sorted().toList()) {
                if (isBuilt(file) && (isWar(file) || starts(file))) {
                    fits.add(file);
                }
            }
        }
        if (fits.size() != 1) {
            throw new IOException("The project has no Dockerfile, and its build made "
                    + (fits.isEmpty()
                            ? "no war and no jar that can be started (with a Main-Class)"
                            : "several: "
                                    + fits.stream()
                                            .map(each -> root.relativize(each).toString())
                                            .toList())
                    + ". Give a Dockerfile by dockerfile or dockerfileText.");
        }
        Path file = fits.get(0);
        String path = root.relativize(file).toString();
        if (!path.matches("[A-Za-z0-9._/+-]+")) {
            throw new IOException(
                    "The built file " + path + " has a name that a Dockerfile cannot hold as it is: rename it.");
        }
        return isWar(file)
                ? "FROM " + (base == null ? TOMCAT : base) + "\nCOPY " + path
                        + " /usr/local/tomcat/webapps/ROOT.war\nEXPOSE 8080\n"
                : "FROM " + (base == null ? JAVA : base) + "\nWORKDIR /app\nCOPY " + path
                        + " /app/app.jar\nEXPOSE 8080\nENTRYPOINT [\"java\", \"-jar\", \"/app/app.jar\"]\n";
    }

    private static boolean isBuilt(Path file) {
        Path folder = file.getParent();
        String name = String.valueOf(file.getFileName());
        return folder != null
                && folder.endsWith("target")
                && (name.endsWith(".jar") || name.endsWith(".war"))
                && !name.startsWith("original-")
                && !name.matches(".*-(sources|javadoc|tests|test-sources)\\.jar")
                && Files.isRegularFile(file)
                && !Files.isSymbolicLink(file);
    }

    private static boolean isWar(Path file) {
        return file.toString().endsWith(".war");
    }

    private static boolean starts(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) != null;
        }
    }
}
