package io.jenkins.plugins.shera.terminal.pack;

import java.io.Serializable;
import org.jvnet.localizer.Localizable;

/**
 * Something that looks like a secret; the secret itself is never in it.
 *
 * @param path the file, from the root with its slash
 * @param line line of the file from 1, or 0 when the file as a whole is meant
 * @param what what it looks like, in words
 */
public record SecretFinding(String path, int line, Localizable what) implements Serializable {
    @Override
    public String toString() {
        return path + (line > 0 ? ":" + line : "") + " (" + what + ")";
    }
}
