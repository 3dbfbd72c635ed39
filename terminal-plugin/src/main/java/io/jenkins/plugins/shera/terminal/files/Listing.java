package io.jenkins.plugins.shera.terminal.files;

import java.util.List;

/**
 * What is in a folder, sorted by name.
 *
 * @param whole false when the folder has more entries than are listed
 */
public record Listing(List<ListedFile> files, boolean whole) {
    /** Copies the list. */
    public Listing {
        files = List.copyOf(files);
    }
}
