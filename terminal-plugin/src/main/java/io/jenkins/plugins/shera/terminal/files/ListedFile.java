package io.jenkins.plugins.shera.terminal.files;

import java.time.Instant;

/**
 * One entry of a folder.
 *
 * @param name as it stands in the folder; may hold anything but a slash
 * @param kind {@code file}, {@code folder}, {@code link} or {@code special}
 * @param mode permission bits with set-user-id, set-group-id and sticky
 * @param size bytes
 * @param written when its content was last changed, to the second
 * @param reachable whether its name can be given back: it is UTF-8 and has no control character
 */
public record ListedFile(String name, String kind, int mode, long size, Instant written, boolean reachable) {

    static String kind(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> "file";
            case 0040000 -> "folder";
            case 0120000 -> "link";
            default -> "special";
        };
    }
}
