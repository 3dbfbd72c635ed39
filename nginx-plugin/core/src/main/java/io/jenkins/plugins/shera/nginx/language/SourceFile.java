package io.jenkins.plugins.shera.nginx.language;

import java.util.List;

/**
 * A configuration file, read without loss: {@link #text} gives back the very letters.
 *
 * @param path as people know it
 * @param trailing white space and comments after the last statement
 */
public record SourceFile(String path, List<Statement> statements, String trailing) {

    /** Copies the list. */
    public SourceFile {
        statements = List.copyOf(statements);
    }

    /** The file as it was read. */
    public String text() {
        StringBuilder out = new StringBuilder();
        statements.forEach(statement -> statement.write(out));
        return out.append(trailing).toString();
    }
}
