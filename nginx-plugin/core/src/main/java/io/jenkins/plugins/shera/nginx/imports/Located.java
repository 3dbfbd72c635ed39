package io.jenkins.plugins.shera.nginx.imports;

import io.jenkins.plugins.shera.nginx.language.SourceFile;
import io.jenkins.plugins.shera.nginx.language.Statement;
import java.util.List;

/**
 * A statement and the file it stands in.
 *
 * @param file as nginx knows it
 */
record Located(String file, Statement statement) {
    String where() {
        return file + ":" + statement.line();
    }

    /** Its letters, with the comments and white space before it. */
    String text() {
        return new SourceFile(file, List.of(statement), "").text();
    }

    /** Its first line, for people. */
    String head() {
        StringBuilder head = new StringBuilder(statement.name());
        statement.arguments().forEach(word -> head.append(' ').append(word));
        String plain = head.toString().replaceAll("\\p{Cntrl}", " ");
        return plain.length() > 80 ? plain.substring(0, 80) + "..." : plain;
    }
}
