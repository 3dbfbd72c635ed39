package io.jenkins.plugins.shera.oci.sbom;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Properties;

/** What {@code META-INF/maven/.../pom.properties} says. */
record PomNote(String group, String name, String version) {

    static Optional<PomNote> read(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            // A damaged escape: then it says nothing.
            return Optional.empty();
        }
        PomNote note = new PomNote(
                Bounds.word(properties.getProperty("groupId")),
                Bounds.word(properties.getProperty("artifactId")),
                Bounds.word(properties.getProperty("version")));
        return note.group.isEmpty() || note.name.isEmpty() ? Optional.empty() : Optional.of(note);
    }

    /** Whether a file of that name, without its ending, is this one's. */
    boolean names(String file) {
        return file.equals(name) || file.startsWith(name + "-");
    }
}
